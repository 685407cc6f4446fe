import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import type { EntityManager } from 'typeorm';
import { type DbReadSession, type DbWriteSession, guardedPool, ReadOnlyTransaction } from '../src/index.js';
import { Folder, Line, Order } from './fixture/orders.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

describe.each([
  ['the guarded pool', guardedPool({ max: 2 })],
  ['a stock pool', { extra: { max: 2 } }],
])("TypeORM's manager in a dbSession over %s", (_name, pool) => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([Order, Line, Folder] as never, pool)));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('TRUNCATE orders, lines, folders, folders_closure');
    await test.dataSource.manager.save(Order, { name: 'there', lines: [{ text: 'a' }, { text: 'b' }] });
  });

  /** What others see: orders that are there and that are deleted, lines, folders. */
  const stored = async (): Promise<string> => {
    const [row] = (await test.dataSource.query(`
      SELECT (SELECT string_agg(name, ' ' ORDER BY name) FROM orders WHERE "deletedAt" IS NULL) AS orders,
             (SELECT string_agg(text, ' ' ORDER BY text) FROM lines) AS lines,
             (SELECT string_agg(name, ' ' ORDER BY name) FROM folders) AS folders`)) as [Record<string, string | null>];
    return [row['orders'], row['lines'], row['folders']].map((names) => names ?? '-').join(' | ');
  };
  const there = (manager: EntityManager): Promise<Order> =>
    manager.findOneOrFail(Order, { where: { name: 'there' }, relations: { lines: true } });

  const writes: Record<string, [work: (manager: EntityManager) => Promise<unknown>, result: string]> = {
    'save, with a cascade': [
      (manager) => manager.save(Order, { name: 'new', lines: [{ text: 'c' }] }),
      'new there | a b c | -',
    ],
    'save in chunks': [
      (manager) => manager.save(Order, [{ name: 'x' }, { name: 'y' }], { chunk: 1 }),
      'there x y | a b | -',
    ],
    remove: [async (manager) => manager.remove(Order, await there(manager)), '- | - | -'],
    softRemove: [async (manager) => manager.softRemove(Order, await there(manager)), '- | a b | -'],
    recover: [
      async (manager) => {
        const order = await manager.softRemove(Order, await there(manager));
        await manager.recover(Order, order);
      },
      'there | a b | -',
    ],
    insert: [(manager) => manager.insert(Order, { name: 'new' }), 'new there | a b | -'],
    upsert: [(manager) => manager.upsert(Order, { name: 'new' }, ['name']), 'new there | a b | -'],
    update: [(manager) => manager.update(Order, { name: 'there' }, { name: 'other' }), 'other | a b | -'],
    delete: [(manager) => manager.delete(Order, { name: 'there' }), '- | - | -'],
    'a builder of inserts': [
      (manager) => manager.createQueryBuilder().insert().into(Order).values({ name: 'new' }).execute(),
      'new there | a b | -',
    ],
    'a builder of updates, with a transaction of its own': [
      (manager) => manager.createQueryBuilder().update(Order).set({ name: 'other' }).useTransaction(true).execute(),
      'other | a b | -',
    ],
    'a builder of deletes': [(manager) => manager.createQueryBuilder().delete().from(Line).execute(), 'there | - | -'],
    'a builder of soft deletes': [
      (manager) => manager.createQueryBuilder(Order, 'o').softDelete().execute(),
      '- | a b | -',
    ],
    'a builder of relations': [
      async (manager) => {
        const [order, line] = [await there(manager), await manager.save(Line, { text: 'c' })];
        await manager.createQueryBuilder().relation(Order, 'lines').of(order).add(line);
      },
      'there | a b c | -',
    ],
    'a transaction within': [
      (manager) => manager.transaction((nested) => nested.insert(Order, { name: 'new' })),
      'new there | a b | -',
    ],
    'transactions of its repository, in each other': [
      (manager) =>
        manager
          .getRepository(Order)
          .manager.transaction('READ COMMITTED', (outer) =>
            outer.transaction((inner) => inner.getRepository(Order).insert({ name: 'new' })),
          ),
      'new there | a b | -',
    ],
    'a transaction of its runner': [
      async ({ queryRunner }) => {
        await queryRunner!.startTransaction();
        await queryRunner!.manager.insert(Order, { name: 'new' });
        await queryRunner!.commitTransaction();
        await queryRunner!.startTransaction();
        await queryRunner!.manager.insert(Order, { name: 'undone' });
        await queryRunner!.rollbackTransaction();
      },
      'new there | a b | -',
    ],
    'a release of its runner': [
      async (manager) => {
        await manager.queryRunner!.release();
        await manager.insert(Order, { name: 'new' });
      },
      'new there | a b | -',
    ],
    'a tree in a closure table': [
      async (manager) => {
        const folders = manager.getTreeRepository(Folder);
        const root = await folders.save({ name: 'root' } as Folder);
        await folders.save({ name: 'child', parent: root } as Folder);
        expect(await folders.countDescendants(root)).toBe(2);
      },
      'there | a b | child root',
    ],
    'queries at the same time': [
      (manager) => Promise.all(['x', 'y', 'z'].map((name) => manager.insert(Order, { name }))),
      'there x y z | a b | -',
    ],
    clear: [(manager) => manager.clear(Line), 'there | - | -'],
    'its own SQL': [
      (manager) => manager.query(`INSERT INTO orders (name) VALUES ($1)`, ['new']),
      'new there | a b | -',
    ],
  };

  it.each(Object.entries(writes))(
    'is stored by the COMMIT of the dbSession, and not before: %s',
    async (_name, [work, result]) => {
      await test.database.beginSession(async ({ manager }) => {
        await work(manager);
        // Nobody else sees it yet; where the table is locked nobody else can look.
        if (_name !== 'clear') expect(await stored()).toBe('there | a b | -');
      });

      expect(await stored()).toBe(result);
    },
  );

  it.each(Object.entries(writes))('leaves nothing when the dbSession is undone: %s', async (_name, [work]) => {
    const running = test.database.beginSession(async ({ manager }) => {
      await work(manager);
      throw new Error('undo');
    });

    await expect(running).rejects.toThrow('undo');
    expect(await stored()).toBe('there | a b | -');
  });

  it('undoes only the transaction within that failed, and what that one did besides SQL of TypeORM', async () => {
    const seen: string[] = [];
    await test.database.beginSession(async (dbSession) => {
      const nested = dbSession.manager.transaction(async (manager) => {
        await manager.insert(Order, { name: 'undone' });
        await manager.insert(Order, { name: 'there' });
      });
      await expect(nested).rejects.toMatchObject({ name: 'QueryFailedError' });
      await dbSession.manager.insert(Order, { name: 'kept' });
      dbSession.afterCommit(() => void seen.push('committed'));
    });

    expect(await stored()).toBe('kept there | a b | -');
    expect(seen).toEqual(['committed']);
  });

  it('refuses transactions of a manager at the same time, which would undo each other', async () => {
    const insert =
      (name: string) =>
      async (manager: EntityManager): Promise<unknown> =>
        manager.insert(Order, { name });
    const [first, second] = await test.database.beginSession(({ manager }) =>
      Promise.allSettled([manager.transaction(insert('first')), manager.transaction(insert('second'))]),
    );

    expect(first).toMatchObject({ status: 'fulfilled' });
    expect(second).toMatchObject({ status: 'rejected', reason: expect.any(Misuse) as never });
    expect(await stored()).toBe('first there | a b | -');
  });

  it('refuses the manager of a dbSession while a savepoint of it is open, and the savepoint’s after its end', async () => {
    await test.database.beginSession(async (dbSession) => {
      let late: EntityManager | null = null;
      await dbSession.savepoint(async (inner) => {
        late = inner.manager;
        await inner.manager.insert(Order, { name: 'kept' });
        await expect(dbSession.manager.insert(Order, { name: 'beside' })).rejects.toBeInstanceOf(Misuse);
      });
      await expect(late!.insert(Order, { name: 'late' })).rejects.toBeInstanceOf(Misuse);
      await dbSession.manager.insert(Order, { name: 'kept too' });
    });

    expect(await stored()).toBe('kept kept too there | a b | -');
  });

  it('refuses an isolation that the dbSession does not have, and takes one that it has', async () => {
    const begin = (
      isolation: 'SERIALIZABLE' | 'REPEATABLE READ' | 'READ UNCOMMITTED',
      within: 'repeatable read' | undefined,
    ) =>
      test.database.beginSession(
        ({ manager }) => manager.transaction(isolation, (nested) => nested.count(Order)),
        within && { isolation: within },
      );

    await expect(begin('SERIALIZABLE', undefined)).rejects.toBeInstanceOf(Misuse);
    await expect(begin('SERIALIZABLE', 'repeatable read')).rejects.toBeInstanceOf(Misuse);
    await expect(begin('REPEATABLE READ', 'repeatable read')).resolves.toBe(1);
    await expect(begin('READ UNCOMMITTED', undefined)).resolves.toBe(1);
    const byRunner = test.database.beginSession(({ manager }) => manager.queryRunner!.startTransaction('SERIALIZABLE'));
    await expect(byRunner).rejects.toBeInstanceOf(Misuse);
  });

  it('refuses to commit over a transaction of its runner that is still open', async () => {
    const running = test.database.beginSession(async ({ manager }) => {
      await manager.queryRunner!.startTransaction();
      await manager.insert(Order, { name: 'forgotten' });
    });

    await expect(running).rejects.toBeInstanceOf(Misuse);
    expect(await stored()).toBe('there | a b | -');
  });

  it('takes turns with the statements of the dbSession', async () => {
    const seen = await test.database.beginSession(async (dbSession) => {
      const both = await Promise.all([
        dbSession.manager.insert(Order, { name: 'new' }),
        dbSession.sql<{ xid: string }>`SELECT pg_current_xact_id()::text AS xid`,
        dbSession.manager.query<{ xid: string }[]>('SELECT pg_current_xact_id()::text AS xid'),
      ]);
      return [both[1][0]!.xid, both[2][0]!.xid];
    });

    expect(seen[0]).toBe(seen[1]);
    expect(await stored()).toBe('new there | a b | -');
  });

  it('reads what the dbSession has written, and the other way round', async () => {
    await test.database.beginSession(async (dbSession) => {
      await dbSession.sql`INSERT INTO orders (name) VALUES ('by SQL')`;
      expect(await dbSession.manager.countBy(Order, { name: 'by SQL' })).toBe(1);
      await dbSession.manager.insert(Order, { name: 'by TypeORM' });
      expect(await dbSession.sql`SELECT name FROM orders WHERE name = 'by TypeORM'`).toHaveLength(1);
    });
  });

  const got = (session: DbReadSession): EntityManager => (session as DbWriteSession).manager;
  it.each(Object.entries(writes))(
    'is refused by PostgreSQL in a dbSession that only reads: %s',
    async (_name, [work]) => {
      const running = test.database.beginReadonlySession((dbSession) => work(got(dbSession)));

      await expect(running).rejects.toBeInstanceOf(ReadOnlyTransaction);
      expect(await stored()).toBe('there | a b | -');
    },
  );

  it('ends with the dbSession, whatever is kept of it', async () => {
    const kept: EntityManager[] = [];
    await test.database.beginSession(({ manager }) => {
      kept.push(manager, manager.getRepository(Order).manager, manager.queryRunner!.manager);
      return manager.count(Order);
    });
    const uses: ((manager: EntityManager) => Promise<unknown>)[] = [
      (manager) => manager.count(Order),
      (manager) => manager.save(Order, { name: 'late' }),
      (manager) => manager.transaction((nested) => nested.insert(Order, { name: 'late' })),
      (manager) => manager.queryRunner!.startTransaction(),
      (manager) => manager.queryRunner!.connect(),
      (manager) => manager.createQueryBuilder().insert().into(Order).values({ name: 'late' }).execute(),
    ];

    for (const manager of kept) {
      for (const use of uses) await expect(use(manager)).rejects.toBeInstanceOf(Misuse);
    }
    expect(await stored()).toBe('there | a b | -');
  });
});
