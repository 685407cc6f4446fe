import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AmbiguousCommitError, guardedPool, newId } from '@holdfast/base';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import pg from 'pg';
import { entries, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

const GATE = 4713;

/** A COMMIT waits where the label says so. */
const gates = `
  CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.label LIKE 'slow%' THEN PERFORM pg_advisory_xact_lock_shared(${GATE}); END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wait_at_commit()`;

// A server of its own, for its statistics are reset.
describe('A COMMIT that takes longer than pg waits for it', () => {
  let server: EmbeddedPostgres;
  let lossy: LossyDatabase;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({ maxConnections: 20 });
    lossy = await lossyDatabase({ server: server.url, pool: guardedPool({ max: 1, query_timeout: 1_000 }) });
    await lossy.ask(gates);
  });
  afterAll(async () => {
    await lossy.close();
    await server.stop();
  });

  it('is stored once though the statistics were reset before it, and is not said to be undone', async () => {
    const label = `slow ${newId()}`;
    const keeper = new pg.Client(lossy.url);
    await keeper.connect();
    await keeper.query('SELECT pg_advisory_lock($1)', [GATE]);
    // Its connection has been asked what it leads to.
    await lossy.database.beginSession((dbSession) => dbSession.sql`SELECT`);
    await lossy.ask(`SELECT pg_stat_reset_shared('wal')`);
    let runs = 0;

    const writing = lossy.database.beginSession(
      (dbSession) => {
        runs += 1;
        return dbSession.execute(entries.create(red, { values: { label } }));
      },
      { deadlineMs: 3_000 },
    );
    const error: unknown = await writing.catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(AmbiguousCommitError);
    await keeper.end();
    await lossy.becomes('SELECT EXISTS (SELECT FROM entries WHERE label = $1)', [label]);
    expect(runs).toBe(1);
    expect(await lossy.ask('SELECT what FROM effects')).toEqual([{ what: 'INSERT' }]);
    expect(await (error as AmbiguousCommitError).resolve()).toBe('unknown');
  });
});
