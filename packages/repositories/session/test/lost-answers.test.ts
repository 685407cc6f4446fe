import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { observeOperations } from '@holdfast/operation';
import {
  createTestDatabase,
  type FaultKind,
  type FaultProxy,
  startFaultProxy,
  type TestDatabase,
  testServerUrl,
} from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import { SessionRepositories, type SessionRepository } from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let proxy: FaultProxy;
let test: TestDatabase;
let repository: SessionRepository;
beforeAll(async () => {
  const server = await testServerUrl();
  const { hostname: host, port } = new URL(server);
  proxy = await startFaultProxy({ host, port: Number(port || 5432) });
  const through = { url: proxy.through(server) };
  const pool = { max: 1 };
  test = await createTestDatabase({ entities: sessionEntities, migrations: sessionMigrations, pool, through });
  ({ repository } = SessionRepositories.create({ database: test.database }));
});
afterEach(() => proxy.heal());
afterAll(async () => {
  await test.database.close();
  await test.close();
  await proxy.close();
});

const named = async (name: string): Promise<readonly unknown[]> =>
  test.dataSource.query('SELECT id FROM sessions WHERE name = $1', [name]);

const losses: readonly (readonly [FaultKind])[] = [['cutAfter'], ['cutBefore'], ['resetAfter'], ['resetBefore']];

describe('a session that is created through the retries of its repository, and whose answer is lost', () => {
  it.each(losses)('is stored once, and nobody retries: %s', async (fault) => {
    const name = `${fault}-once`;
    const retries: unknown[] = [];
    const stop = observeOperations((event) => event.kind === 'retried' && void retries.push(event));
    const landing = proxy.next({ fault, at: 'sync' });

    const session = await repository.create(ofAlice, spec(alice, { name }));

    await landing;
    stop();
    expect(await named(name)).toEqual([{ id: session.id }]);
    expect(retries).toEqual([]);
  });

  it.each<[FaultKind]>([['cutAfter'], ['cutBefore']])('is changed once as well: %s', async (fault) => {
    const session = await repository.create(ofAlice, spec(alice, { name: `${fault}-changed` }));
    const landing = proxy.next({ fault, at: 'commit' });

    const changed = await repository.update(ofAlice, session.id, { priority: 77 });

    await landing;
    expect(changed.priority).toBe(77);
    expect(await repository.get(ofAlice, session.id)).toEqual(changed);
  });

  it('is stored once among many that are lost', async () => {
    proxy.storm({ share: 0.3, faults: ['cutAfter', 'cutBefore', 'resetAfter', 'resetBefore'], at: ['sync', 'commit'] });
    const names = Array.from({ length: 30 }, (_, index) => `many-${index}`);

    const made = await Promise.all(names.map((name) => repository.create(ofAlice, spec(alice, { name }))));

    proxy.calm();
    expect(made.map(({ name }) => name)).toEqual(names);
    const stored = await test.dataSource.query<{ id: string }[]>(`SELECT id FROM sessions WHERE name LIKE 'many-%'`);
    expect(stored.map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id as string).sort());
  });
});
