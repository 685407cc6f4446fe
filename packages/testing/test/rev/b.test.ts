import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Database, entityOperations, guardedPool, operationKey, operationKeyMigrations, newId, AmbiguousCommitError } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { searchScope, existenceCheck } from '@holdfast/querier';
import { type FaultProxy, startFaultProxy, testServerUrl } from '@holdfast/testing';
import { DataSource, EntitySchema } from 'typeorm';
import pg from 'pg';

type N = { id: string; team: string; title: string; extra?: string | null };
const cols = { id: { type: 'uuid', primary: true }, team: { type: 'text' }, title: { type: 'text' } } as const;
const A = new EntitySchema<N>({ name: 'A', tableName: 'a_rows', columns: cols as never });
const B = new EntitySchema<N>({ name: 'B', tableName: 'b_rows', columns: cols as never });
const ops = (entity: EntitySchema<N>) => entityOperations<N, N, string>({ entity, toData: (r) => r, notFound: (id) => new EntityNotFound('n', `no ${id}`), alreadyExists: () => new EntityAlreadyExists('n') });
const a = ops(A), b = ops(B);
const team = searchScope<N>({ name: 'team', equals: { team: 'red' } });
let proxy: FaultProxy; let server: string; let url: string; let direct: pg.Client;
async function open(extra: Record<string, unknown> = {}, entities = [A, B]) {
  const u = proxy.through(url);
  const ds = await new DataSource({ type: 'postgres', url: u, entities, poolErrorHandler: () => {}, ...guardedPool({ max: 2, ...extra }) }).initialize();
  return { ds, db: new Database(ds) };
}
const race = <T>(p: Promise<T>, ms: number) => Promise.race([p.then((v) => ['ok', v] as const, (e) => ['error', e.name, e.outcome, e.message, e.cause?.message] as const), pause(ms).then(() => ['HANGS'] as const)]);
beforeAll(async () => {
  server = await testServerUrl();
  const c = new pg.Client(server); await c.connect();
  const name = `rev_${Date.now()}`;
  await c.query(`CREATE DATABASE ${name}`); await c.end();
  const u = new URL(server); u.pathname = `/${name}`; url = u.href;
  proxy = await startFaultProxy({ host: u.hostname, port: Number(u.port || 5432) });
  direct = new pg.Client(url); await direct.connect();
  await direct.query(`CREATE TABLE a_rows (id uuid primary key, team text not null, title text not null); CREATE TABLE b_rows (LIKE a_rows INCLUDING ALL)`);
  const { ds, db } = await open(); await db.migrate(operationKeyMigrations); await db.close(); await ds.destroy();
});
afterAll(async () => { await direct.end(); await proxy.close(); });
const count = async (t: string, w = 'true') => Number((await direct.query(`SELECT count(*) n FROM ${t} WHERE ${w}`)).rows[0].n);


it('A: COMMIT swallowed, with a deadline', async () => {
  const { ds, db } = await open();
  const row = await db.execute(a.create(team, { values: { title: 'A' } }));
  void proxy.next({ fault: 'holdAfter', at: 'commit' });
  const t = Date.now();
  console.log('A update deadline 1000', await race(db.execute(a.update(team, row.id, { values: { title: 'A2' } }), { deadlineMs: 1000, signal: AbortSignal.timeout(1500) }), 12000), Date.now() - t);
  await proxy.releaseHeld(); void ds.destroy().catch(() => {});
}, 30000);
it('A2: first statement of a new connection swallowed, with a deadline', async () => {
  const row = (await direct.query(`SELECT id FROM a_rows LIMIT 1`)).rows[0];
  const { ds, db } = await open();
  void proxy.next({ fault: 'holdBefore', at: { sql: /pg_control_system/ } });
  console.log('A2', await race(db.execute(a.update(team, row.id, { values: { title: 'A3' } }), { deadlineMs: 1000 }), 8000));
  await proxy.releaseHeld(); void ds.destroy().catch(() => {});
}, 30000);
it('B: wal statistics reset, COMMIT slow', async () => {
  await direct.query(`CREATE SEQUENCE slow; CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.title='B' AND nextval('slow')=1 THEN PERFORM pg_sleep(2.5); END IF; RETURN NULL; END $$;
   CREATE CONSTRAINT TRIGGER s AFTER INSERT ON a_rows DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slowly()`);
  const { ds, db } = await open({ query_timeout: 1000 });
  await db.beginSession((s) => s.execute(a.create(team, { values: { title: 'warm' } })));
  await direct.query(`SELECT pg_stat_reset_shared('wal')`);
  let attempts = 0;
  console.log('B', await race(db.beginSession((s) => { attempts++; return s.execute(a.create(team, { values: { title: 'B' } })); }), 12000), 'attempts', attempts);
  await pause(2500);
  console.log('B rows stored for one write', await count('a_rows', `title='B'`));
  await db.close(); await ds.destroy();
}, 30000);
it('F: key and existence check', async () => {
  await direct.query(`INSERT INTO b_rows VALUES (gen_random_uuid(),'red','parent')`);
  const { ds, db } = await open();
  const checked = searchScope<N>({ name: 'team', equals: { team: 'red' }, existenceChecks: [existenceCheck<N>(B, { title: { eq: 'parent' } } as never, () => new EntityNotFound('team', 'gone'))] });
  const call = () => race(db.execute(a.create(checked, { values: { title: 'F' } }), { operationKey: operationKey('F') }), 9000);
  console.log('F1', await call());
  await direct.query(`DELETE FROM b_rows WHERE title='parent'`);
  console.log('F2', await call(), 'rows', await count('a_rows', `title='F'`));
  await db.close(); await ds.destroy();
}, 30000);
it('I: resolve after destroy', async () => {
  const { ds, db } = await open({ query_timeout: 500 });
  const row = (await direct.query(`SELECT id FROM a_rows LIMIT 1`)).rows[0];
  void proxy.next({ fault: 'cutAfter', at: 'commit' });
  const lost = db.execute(a.update(team, row.id, { values: { title: 'I' } })).catch((e) => e);
  const e1 = await lost; console.log('I first', e1?.name ?? 'ok');
  await db.close(); await ds.destroy();
}, 30000);
it('C: synchronous replication', async () => {
  const { ds, db } = await open({ query_timeout: 1500 });
  await db.beginSession((s) => s.execute(a.create(team, { values: { title: 'warmC' } })));
  await direct.query(`SET synchronous_commit = local`);
  await direct.query(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`); await direct.query(`SELECT pg_reload_conf()`); await pause(500);
  try {
    const t = Date.now();
    console.log('C', await race(db.beginSession((s) => s.execute(a.create(team, { values: { title: 'C' } }))), 14000), Date.now() - t);
    console.log('C waits', (await direct.query(`SELECT wait_event, state FROM pg_stat_activity WHERE wait_event='SyncRep'`)).rows, await count('a_rows', `title='C'`));
  } finally { await direct.query(`ALTER SYSTEM RESET synchronous_standby_names`); await direct.query(`SELECT pg_reload_conf()`); }
  await db.close(); await ds.destroy();
}, 30000);
