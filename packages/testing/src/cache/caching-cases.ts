import assert from 'node:assert/strict';
import { AsyncResource } from 'node:async_hooks';
import type { Scope } from '@holdfast/querier';
import { isDeeplyFrozen } from '../contract/is-deeply-frozen.js';
import type { RepositoryCase } from '../contract/repository-cases.js';
import type { CachedWrite, CachingContract } from './caching-contract.js';
import type { CachingWorld } from './caching-world.js';

/** What a repository with a cache keeps to; each case takes a world of its own. */
export function cachingCases<Repository extends object, Row, Data>(
  contract: CachingContract<Repository, Row, Data>,
  open: () => Promise<CachingWorld<Repository, Row, Data>>,
): readonly RepositoryCase[] {
  const reads = Object.entries(contract.reads);
  const asked = (title: string, run: (world: CachingWorld<Repository, Row, Data>) => Promise<void>) => {
    return { title, run: async () => run(await open()) };
  };

  return [
    asked('says of each operation whether a cache answers it, and whether it changes rows', async ({ repository }) => {
      const said = [...Object.keys(contract.reads), ...Object.keys(contract.writes), ...contract.others];
      assert.deepEqual(said.sort(), operationsOf(repository).sort());
      return Promise.resolve();
    }),
    asked('reads a row once for a thousand who ask at once, and not again for who asks later', async (world) => {
      const data = await world.create();
      const mine = contract.mine(data);
      const asking = () => Array.from({ length: 1_000 }, () => world.firstRead(world.repository, mine, data));
      const alone = await world.counter.during(() => world.firstRead(world.plain, mine, data));
      const { statements } = await world.counter.during(() => Promise.all(asking()));
      assert.deepEqual(statements, alone.statements);
      for (const [name, read] of reads) {
        const again = await world.counter.during(() => read(world.other, mine, data));
        assert.deepEqual(again.statements, [], name);
      }
    }),
    asked('gives copies that are as the row is: frozen, with dates of their own', async (world) => {
      const data = await world.create();
      for (const [name, read] of reads) {
        const row = await read(world.plain, world.all, data);
        await read(world.repository, world.all, data);
        const copy = await read(world.repository, world.all, data);
        assert.deepStrictEqual(copy, row, name);
        // To the microsecond.
        assert.equal(JSON.stringify(copy), JSON.stringify(row), name);
        assert.ok(isDeeplyFrozen(copy), `${name} gives what can be changed`);
        for (const date of datesIn(copy)) date.setTime(0);
        assert.deepStrictEqual(await read(world.repository, world.all, data), row, `${name} gives its dates away`);
      }
    }),
    asked(
      'gives nobody what their scope does not see, whoever asked before, or asks at the same time',
      async (world) => {
        const data = await world.create();
        const [mine, theirs] = [contract.mine(data), contract.theirs(data)];
        const both = [theirs, mine].flat() as unknown as Scope<Row>;
        for (const [name, read] of reads) {
          const nothing = await world.given(read, world.plain, data, theirs);
          const row = await world.given(read, world.plain, data, mine);
          assert.notDeepEqual(nothing, row);
          for (const scopes of [
            [theirs, mine, theirs],
            [mine, theirs, both],
            [both, theirs],
          ]) {
            await world.cache.forget();
            // The second time they are stored.
            for (let time = 0; time < 2; time++) {
              const given = await Promise.all(scopes.map((scope) => world.given(read, world.repository, data, scope)));
              assert.deepEqual(given, scopes.map((scope) => (scope === theirs ? nothing : row)), name); // prettier-ignore
            }
          }
          await assert.rejects(async () => read(world.repository, { name: 'none' } as never, data), { name: 'Misuse' });
        }
      },
    ),
    asked('tells nobody of what was refused to others who asked at the same time', async (world) => {
      const data = await world.create();
      const mine = contract.mine(data);
      const broken = { name: 'none' } as never;
      for (const [name, read] of reads) {
        await world.cache.forget();
        const row = await read(world.plain, mine, data);
        const asking = [broken, mine, broken].map(async (scope) => read(world.repository, scope, data));
        const [refused, given, again] = await Promise.allSettled(asking);
        for (const one of [refused, again]) {
          assert.equal(one?.status === 'rejected' && (one.reason as Error).name, 'Misuse', name);
        }
        assert.deepEqual(given, { status: 'fulfilled', value: row }, name);
      }
    }),
    asked('reads within a dbSession what is meant to be apart from it, and nothing else', async (world) => {
      const data = await world.create();
      const mine = contract.mine(data);
      for (const [name, read] of reads) {
        const row = await read(world.plain, mine, data);
        await world.cache.forget();
        await world.database.beginSession(async () => {
          await assert.rejects(async () => read(world.repository, mine, data), { name: 'Misuse' }, name);
          assert.deepEqual(await read(world.repository, mine, data, { separate: true }), row, name);
        });
      }
    }),
    ...Object.entries(contract.writes).flatMap(([name, write]) => writeCases(name, write, asked)),
  ];
}

function writeCases<Repository extends object, Row, Data>(
  name: string,
  step: CachedWrite<Repository, Data>,
  asked: (title: string, run: (world: CachingWorld<Repository, Row, Data>) => Promise<void>) => RepositoryCase,
): readonly RepositoryCase[] {
  return [
    asked(`gives nothing older after ${name}`, async (world) => {
      const data = await world.prepared(step);
      await world.isAsStored(data, 'before it');
      await step.write(world.repository, data);
      await world.isAsStored(data, 'after it');
    }),
    asked(`stores nothing that was read before ${name}`, async (world) => {
      const data = await world.prepared(step);
      const held = world.cache.holdNext();
      const reading = world.given(world.firstRead, world.other, data);
      await held.reached;
      await step.write(world.repository, data);
      held.release();
      await reading;
      await world.isAsStored(data, 'after it');
    }),
    asked(`gives what ${name} does within a dbSession when that is over, and to nobody before`, async (world) => {
      const outside = new AsyncResource('outside of the dbSession');
      for (const isCommitted of [false, true]) {
        const data = await world.prepared(step);
        await world.isAsStored(data, 'before it');
        const before = await world.given(world.firstRead, world.plain, data);
        const done = world.database.beginSession(async (dbSession) => {
          await step.write(world.within(world.repository, dbSession), data);
          const inside = await world.given(world.firstRead, world.within(world.repository, dbSession), data);
          assert.notDeepEqual(inside, before, 'it changes nothing that is read');
          const others = outside.runInAsyncScope(() => world.given(world.firstRead, world.other, data));
          assert.deepEqual(await others, before, 'others see what is not committed');
          if (!isCommitted) throw new Error('changed my mind');
        });
        if (isCommitted) await done;
        else await assert.rejects(done, /changed my mind/);
        await world.isAsStored(data, isCommitted ? 'after its commit' : 'after its rollback');
      }
    }),
  ];
}

/** The names of its public methods, but for those that all repositories have for themselves. */
function operationsOf(repository: object): string[] {
  const names = new Set<string>();
  for (let one: object = repository; one !== Object.prototype; one = Object.getPrototypeOf(one) as object) {
    for (const name of Object.getOwnPropertyNames(one)) {
      if (typeof (repository as Readonly<Record<string, unknown>>)[name] === 'function') names.add(name);
    }
  }
  return [...names].filter((name) => name !== 'constructor' && name !== 'within');
}

function datesIn(value: unknown): readonly Date[] {
  if (value instanceof Date) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(datesIn) : [];
}
