import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import QueryStream from 'pg-query-stream';
import { type DbWriteSession, guardedPool } from '../src/index.js';
import { Folder, Line, Order } from './fixture/orders.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

describe.each([
  ['the guarded pool', guardedPool({ max: 1 })],
  ['a stock pool', { extra: { max: 1 } }],
])("a stream of TypeORM's in a dbSession over %s", (_name, pool) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([Order, Line, Folder] as never, pool);
    await test.dataSource.query(`INSERT INTO orders (name) SELECT 'order ' || i FROM generate_series(1, 500) AS i`);
  });
  afterAll(() => test.close());

  const open = async ({ manager }: DbWriteSession): Promise<QueryStream> => {
    const stream = await manager.createQueryBuilder(Order, 'o').orderBy('o.id').stream();
    expect(stream).toBeInstanceOf(QueryStream);
    return stream as unknown as QueryStream;
  };
  const countOrders = (dbSession: DbWriteSession): Promise<number> => dbSession.manager.count(Order);
  // The connection came back without a transaction, and answers.
  const isFree = async (): Promise<boolean> => (await test.database.beginSession(countOrders)) === 500;

  it('reads what the transaction has written, after what came before it, and lets others go on after its end', async () => {
    const read = await test.database.beginSession(async (dbSession) => {
      const before = dbSession.manager.query(`INSERT INTO orders (name) VALUES ('mine')`);
      let rows = 0;
      for await (const row of await open(dbSession)) rows += row ? 1 : 0;
      await before;
      return [rows, await dbSession.manager.delete(Order, { name: 'mine' }).then(({ affected }) => affected)];
    });

    expect(read).toEqual([501, 1]);
    expect(await isFree()).toBe(true);
  });

  it('has the connection for itself: what else would wait for its end says so', async () => {
    await test.database.beginSession(async (dbSession) => {
      const stream = await open(dbSession);
      await expect(countOrders(dbSession)).rejects.toBeInstanceOf(Misuse);
      await expect(dbSession.sql`SELECT 1`).rejects.toBeInstanceOf(Misuse);
      await expect(open(dbSession)).rejects.toBeInstanceOf(Misuse);
      stream.destroy();
      await once(stream, 'close');
      expect(await countOrders(dbSession)).toBe(500);
    });
  });

  it('is closed where the dbSession ends before it, which is not committed', async () => {
    const forgotten = test.database.beginSession(async (dbSession) => {
      await dbSession.sql`DELETE FROM orders`;
      await open(dbSession);
    });
    await expect(forgotten).rejects.toBeInstanceOf(Misuse);

    const failing = test.database.beginSession(async (dbSession) => {
      for await (const row of await open(dbSession)) throw new Error(`undo at ${String(Boolean(row))}`);
    });
    await expect(failing).rejects.toThrow('undo at true');
    const cut = test.database.beginSession(async (dbSession) => {
      await open(dbSession);
      throw new Error('undo');
    });
    await expect(cut).rejects.toThrow('undo');

    expect(await isFree()).toBe(true);
  });
});
