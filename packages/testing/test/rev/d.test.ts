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



it('I: resolve after close', async () => {
  const { ds, db } = await open();
  const row = await db.execute(a.create(team, { values: { title: 'I' } }));
  await db.execute(a.update(team, row.id, { changes: { title: 'I0' } }));
  await direct.query(`SELECT pg_stat_reset_shared('wal')`);
  void proxy.next({ fault: 'cutAfter', at: 'commit' });
  const e = await db.execute(a.update(team, row.id, { changes: { title: 'I1' } })).catch((x) => x);
  console.log('I', e.name);
  await db.close(); await ds.destroy();
  console.log('I resolve', await e.resolve().then((v: unknown) => v, (x: Error) => `REJECTS ${x.name}: ${x.message}`));
}, 20000);
it('K: two tenants, one idempotency key, keepResult', async () => {
  const { ds, db } = await open();
  const run = (tenant: string) => db.beginSession(async () => ({ secretOf: tenant }), { operationKey: operationKey('1', { keepResult: true }) });
  console.log('K', await run('alice'), await run('bob'));
  await db.close(); await ds.destroy();
}, 20000);
