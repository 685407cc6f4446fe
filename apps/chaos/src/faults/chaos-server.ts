import { type EmbeddedPostgres, PortTaken, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import pg from 'pg';
import type { SeededRandom } from '../seeded-random.js';
import { childProcesses, isRunning } from './child-processes.js';
import { until } from './until.js';

/** By which the ledger's connections are told from others. */
export const LEDGER_NAME = 'chaos ledger';

const PATIENCE_MS = 60_000;

// The ledger waits on purpose for rows that everybody wants, and for those of transactions that nobody ends.
const settings = { lock_timeout: '600ms', log_min_messages: 'panic' };

/** A durable server that is killed and comes back on the same data and the same port. */
export class ChaosServer {
  // The first one owns the data, which are temporary, and is stopped last.
  readonly #first: EmbeddedPostgres;
  #running: EmbeddedPostgres;

  private constructor(first: EmbeddedPostgres) {
    this.#first = first;
    this.#running = first;
  }

  static async start(): Promise<ChaosServer> {
    // Below the ports that the system gives to outgoing connections: one of them could take it while the server is down.
    for (let port = 21_000 + (process.pid % 8_000); ; port++) {
      try {
        return new ChaosServer(await startEmbeddedPostgres({ port, settings }));
      } catch (error) {
        if (!(error instanceof PortTaken)) throw error;
      }
    }
  }

  get port(): number {
    return this.#first.port;
  }

  /** Past all faults of the network. */
  get url(): string {
    return this.#first.url;
  }

  /** On a connection of its own, as soon as the server answers. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<readonly Row[]> {
    return until('An answer of the server', PATIENCE_MS, async () => {
      const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 2_000 });
      client.on('error', () => {});
      try {
        await client.connect();
        return (await client.query<Row>(text, values)).rows;
      } finally {
        await client.end().catch(() => {});
      }
    });
  }

  /** pg_terminate_backend for one of the ledger's backends; whether there was one that did something. */
  async terminateBackend(random: SeededRandom): Promise<boolean> {
    const id = await this.#busyBackend(random);
    if (id === null) return false;
    const [answer] = await this.query<{ done: boolean }>('SELECT pg_terminate_backend($1) AS done', [id]);
    return answer?.done === true;
  }

  /** SIGKILL for one of the ledger's backends, which makes the server cut all connections and recover. */
  async killBackend(random: SeededRandom): Promise<boolean> {
    const id = await this.#busyBackend(random);
    if (id === null || !childProcesses(this.#running.processId).includes(id)) return false;
    if (!killIfThere(id)) return false;
    await until('The end of a killed backend', PATIENCE_MS, () => (isRunning(id) ? null : true));
    await this.query('SELECT');
    return true;
  }

  /** SIGKILL for the server and all of its processes; then it starts again and recovers. */
  async kill(): Promise<void> {
    const main = this.#running.processId;
    const all = [main, ...childProcesses(main)];
    for (const id of all) killIfThere(id);
    await until('The end of a killed server', PATIENCE_MS, () => (all.some(isRunning) ? null : true));
    await this.#startAgain();
  }

  /** A fast shutdown, and a start. */
  async restart(): Promise<void> {
    if (this.#running === this.#first) {
      // Stopping the first one for good would delete the data.
      process.kill(this.#first.processId, 'SIGINT');
      await until('A shutdown', PATIENCE_MS, () => (isRunning(this.#first.processId) ? null : true));
    } else {
      await this.#running.stop();
    }
    await this.#startAgain();
  }

  async stop(): Promise<void> {
    if (this.#running !== this.#first) await this.#running.stop();
    await this.#first.stop();
  }

  async #startAgain(): Promise<void> {
    const old = this.#running;
    this.#running = await until('A start after the end', PATIENCE_MS, () =>
      startEmbeddedPostgres({ directory: this.#first.dataDirectory, port: this.port, settings }),
    );
    if (old !== this.#first) await old.stop();
  }

  async #busyBackend(random: SeededRandom): Promise<number | null> {
    const rows = await this.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND state <> 'idle' ORDER BY pid`,
      [LEDGER_NAME],
    );
    return rows[Math.floor(random() * rows.length)]?.pid ?? null;
  }
}

/** Whether it was there. Processes end by themselves, too, as those do whose main process is gone. */
function killIfThere(id: number): boolean {
  try {
    return process.kill(id, 'SIGKILL');
  } catch {
    return false;
  }
}
