import pg from 'pg';
import { openPgBulk } from './pg-bulk.js';
import type { BulkTask } from './bulk-task.js';
import { newJobs } from './job.js';

/** The table of the bulk tasks, with a copy of the rows that most of them start with. */
export class JobTable {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async create(url: string, rows: number): Promise<JobTable> {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(definition);
    await client.query('CREATE INDEX jobs_position ON jobs (tenant, position)');
    const byHand = await openPgBulk(url);
    await byHand.create(newJobs(0, rows));
    await byHand.close();
    await client.query('CREATE UNLOGGED TABLE kept_jobs AS TABLE jobs');
    return new JobTable(client);
  }

  /** Empties it for a creation, and fills it with the first `rows` rows for what is not. */
  async prepare(task: BulkTask, rows: number): Promise<void> {
    await this.#client.query('TRUNCATE jobs');
    if (isCreation(task)) return;
    await this.#client.query('INSERT INTO jobs SELECT * FROM kept_jobs WHERE position < $1', [rows]);
    await this.#client.query('ANALYZE jobs');
  }

  /** After a creation: throws unless the rows are those that are created by hand. */
  async check(task: BulkTask): Promise<void> {
    if (!isCreation(task)) return;
    const { rows } = await this.#client.query('TABLE kept_jobs EXCEPT TABLE jobs LIMIT 1');
    if (rows.length > 0) throw new Error(`Not created as by hand: ${JSON.stringify(rows[0])}`);
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}

function isCreation(task: BulkTask): boolean {
  return task === 'create' || task === 'createReturning';
}

const definition = `
    CREATE TABLE jobs (
      id uuid PRIMARY KEY,
      tenant text NOT NULL,
      position bigint NOT NULL,
      name text NOT NULL,
      status text NOT NULL,
      kind varchar(20) NOT NULL,
      labels text[] NOT NULL,
      ports integer[] NOT NULL,
      requested_slots jsonb NOT NULL,
      history jsonb NOT NULL,
      price numeric(20, 6) NOT NULL,
      used_ms bigint NOT NULL,
      attempts integer NOT NULL,
      priority smallint NOT NULL,
      weight double precision NOT NULL,
      is_public boolean NOT NULL,
      created_at timestamptz NOT NULL,
      starts_at timestamptz,
      due_on date NOT NULL,
      note text
    ) WITH (autovacuum_enabled = false)`;
