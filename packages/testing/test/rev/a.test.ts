import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Database, entityOperations, guardedPool, operationKey, operationKeyMigrations, newId, AmbiguousCommitError } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { searchScope, unscoped } from '@holdfast/querier';
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
  const landing = proxy.next({ fault: 'holdAfter', at: 'commit' });
  const t = Date.now();
  console.log('A update deadline 1000', await race(db.execute(a.update(team, row.id, { changes: { changes: { title: 'A2' } }), { deadlineMs: 1000, signal: AbortSignal.timeout(1500) } }), 14000), Date.now() - t);
  await landing; await proxy.releaseHeld(); await ds.destroy().catch(() => {});
}, 30000);
it('A2: first statement of a new connection swallowed, with a deadline', async () => {
  const row = (await direct.query(`SELECT id FROM a_rows LIMIT 1`)).rows[0];
  const { ds, db } = await open();
  const landing = proxy.next({ fault: 'holdBefore', at: { sql: /pg_control_system/ } });
  console.log('A2', await race(db.execute(a.update(team, row.id, { changes: { changes: { title: 'A3' } }), { deadlineMs: 1000 } }), 9000));
  await landing; await proxy.releaseHeld(); await ds.destroy().catch(() => {});
}, 30000);
it('B: wal statistics reset, COMMIT slow', async () => {
  await direct.query(`CREATE SEQUENCE slow; CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.title='B' AND nextval('slow')=1 THEN PERFORM pg_sleep(1.5); END IF; RETURN NULL; END $$;
   CREATE CONSTRAINT TRIGGER s AFTER INSERT ON a_rows DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slowly()`);
  const { ds, db } = await open({ query_timeout: 400 });
  await db.beginSession((s) => s.execute(a.create(team, { values: { title: 'warm' } })));
  await direct.query(`SELECT pg_stat_reset_shared('wal')`);
  console.log('B', await race(db.beginSession((s) => s.execute(a.create(team, { values: { title: 'B' } }))), 12000));
  await pause(2000);
  console.log('B rows stored for one write', await count('a_rows', `title='B'`));
  await db.close(); await ds.destroy();
}, 30000);
it('D: a trigger that refuses the second one', async () => {
  await direct.query(`CREATE FUNCTION quota() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.title='D' AND EXISTS (SELECT FROM a_rows WHERE title='D') THEN RAISE EXCEPTION 'quota' USING ERRCODE='check_violation'; END IF; RETURN NEW; END $$;
   CREATE TRIGGER q BEFORE INSERT ON a_rows FOR EACH ROW EXECUTE FUNCTION quota()`);
  const { ds, db } = await open();
  const landing = proxy.next({ fault: 'cutAfter', at: 'sync' });
  console.log('D', await race(db.execute(a.create(team, { values: { title: 'D' } })), 12000), 'rows', await count('a_rows', `title='D'`));
  await landing; await db.close(); await ds.destroy();
}, 30000);
it('E: one key, two entities', async () => {
  const { ds, db } = await open();
  const key = () => operationKey('request E');
  const one = await race(db.execute(a.bulkUpsert(team, [{ values: { id: newId(), title: 'E' } }] as never, { target: ['id'] } as never), { operationKey: key() }), 9000);
  const two = await race(db.execute(b.bulkUpsert(team, [{ values: { id: newId(), title: 'E' } }] as never, { target: ['id'] } as never), { operationKey: key() }), 9000);
  console.log('E', one, two, 'stored in b', await count('b_rows', `title='E'`));
  const c1 = await race(db.execute(a.bulkCreatePartial(team, [{ values: { title: 'E2' } }] as never), { operationKey: operationKey('E2') }), 9000);
  const c2 = await race(db.execute(b.bulkCreatePartial(team, [{ values: { title: 'E2' } }] as never), { operationKey: operationKey('E2') }), 9000);
  console.log('E2', JSON.stringify(c1), JSON.stringify(c2), 'stored in b', await count('b_rows', `title='E2'`));
  await db.close(); await ds.destroy();
}, 30000);
it('F: key and existence check', async () => {
  await direct.query(`INSERT INTO b_rows VALUES (gen_random_uuid(),'red','parent')`);
  const { ds, db } = await open();
  const checked = searchScope<N>({ name: 'team', equals: { team: 'red' }, existenceChecks: [{ entity: B, where: { title: 'parent' }, equals: { title: 'parent' }, condition: { title: 'parent' }, error: () => new EntityNotFound('team', 'gone') }] as never });
  const call = () => race(db.execute(a.create(checked, { values: { title: 'F' } }), { operationKey: operationKey('F') }), 9000);
  console.log('F1', await call());
  await direct.query(`DELETE FROM b_rows WHERE title='parent'`);
  console.log('F2', await call(), 'rows', await count('a_rows', `title='F'`));
  await db.close(); await ds.destroy();
}, 30000);
it('G: connect listener', async () => {
  await direct.query(`CREATE SCHEMA ten; CREATE TABLE ten.a_rows (LIKE public.a_rows INCLUDING ALL)`);
  const { ds, db } = await open();
  const pool = (ds.driver as unknown as { master: pg.Pool }).master;
  await new Promise<void>((r) => setTimeout(r, 50));
  pool.on('connect', (c) => void c.query('SET search_path = ten'));
  // drop the ones from before
  await direct.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname=current_database() AND pid<>pg_backend_pid()`); await pause(200);
  await db.execute(a.create(team, { values: { title: 'G0' } }));
  const landing = proxy.next({ fault: 'cutAfter', at: 'sync' });
  console.log('G', await race(db.execute(a.create(team, { values: { title: 'G' } })), 12000), 'ten', await count('ten.a_rows', `title='G'`), 'public', await count('public.a_rows', `title='G'`));
  await landing; await db.close(); await ds.destroy();
}, 30000);
it('I: resolve after destroy', async () => {
  const { ds, db } = await open();
  const landing = proxy.next({ fault: 'cutAfter', at: 'commit' });
  const row = (await direct.query(`SELECT id FROM a_rows LIMIT 1`)).rows[0];
  let err: AmbiguousCommitError | undefined;
  await db.beginSession((s) => s.execute(a.update(team, row.id, { changes: { title: 'I' })), { commit: 'one-trip', operationKey: operationKey('I') } }).catch((e) => (err = e));
  await landing;
  console.log('I', err?.name);
  await db.close(); await ds.destroy();
}, 30000);
it('J: key over a deploy that adds a column', async () => {
  const { ds, db } = await open();
  const call = (d: Database, o: typeof a) => race(d.execute(o.create(team, { values: { title: 'J' } }), { operationKey: operationKey('J') }), 9000);
  console.log('J1', await call(db, a));
  await db.close(); await ds.destroy();
  await direct.query(`ALTER TABLE a_rows ADD extra text`);
  const A2 = new EntitySchema<N>({ name: 'A', tableName: 'a_rows', columns: { ...cols, extra: { type: 'text', nullable: true } } as never });
  const two = await open({}, [A2]);
  console.log('J2', await call(two.db, ops(A2)));
  await two.db.close(); await two.ds.destroy();
}, 30000);
