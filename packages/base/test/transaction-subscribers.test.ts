import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import type { TransactionCommitEvent } from 'typeorm';
import { guardedPool } from '../src/index.js';
import { Folder, Line, Order } from './fixture/orders.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

type Step = 'beforeStart' | 'afterStart' | 'beforeCommit' | 'afterCommit' | 'beforeRollback' | 'afterRollback';

/** Notes what it hears, and does what a test wants done then. */
class Listener {
  readonly heard: string[] = [];
  readonly does: Partial<Record<Step, (event: TransactionCommitEvent) => unknown>> = {};

  listenTo(): string {
    return 'Order';
  }

  afterInsert(): void {
    this.heard.push('inserted');
  }

  beforeTransactionStart = (event: TransactionCommitEvent): unknown => this.#hear('beforeStart', event);
  afterTransactionStart = (event: TransactionCommitEvent): unknown => this.#hear('afterStart', event);
  beforeTransactionCommit = (event: TransactionCommitEvent): unknown => this.#hear('beforeCommit', event);
  afterTransactionCommit = (event: TransactionCommitEvent): unknown => this.#hear('afterCommit', event);
  beforeTransactionRollback = (event: TransactionCommitEvent): unknown => this.#hear('beforeRollback', event);
  afterTransactionRollback = (event: TransactionCommitEvent): unknown => this.#hear('afterRollback', event);

  #hear(step: Step, event: TransactionCommitEvent): unknown {
    this.heard.push(step);
    return this.does[step]?.(event);
  }
}

describe("TypeORM's subscribers", () => {
  let test: TestDatabase;
  let listener: Listener;

  beforeAll(async () => void (test = await testDatabase([Order, Line, Folder] as never, guardedPool({ max: 2 }))));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('TRUNCATE orders CASCADE');
    listener = new Listener();
    test.dataSource.subscribers.splice(0, Infinity, listener as never);
  });

  const names = async (): Promise<string[]> => {
    const rows: { name: string }[] = await test.dataSource.query('SELECT name FROM orders ORDER BY name');
    return rows.map(({ name }) => name);
  };

  it('hear of the transaction of a dbSession once, around its COMMIT, and before what waits for it', async () => {
    let seen: string[] = [];
    listener.does.beforeCommit = async () => void (seen = await names());
    listener.does.afterCommit = async () => void seen.push(...(await names()));
    await test.database.beginSession(async (dbSession) => {
      dbSession.afterCommit(() => void listener.heard.push('hook'));
      await dbSession.sql`SELECT 1`;
      await dbSession.manager.transaction((manager) => manager.insert(Order, { name: 'one' }));
      await dbSession.manager.save(Order, { name: 'two' });
    });

    expect(listener.heard).toEqual([
      'beforeStart',
      'afterStart',
      'inserted',
      'inserted',
      'beforeCommit',
      'afterCommit',
      'hook',
    ]);
    expect(seen).toEqual(['one', 'two']);
  });

  it('hear of its ROLLBACK, and of no COMMIT where only a savepoint was released', async () => {
    const running = test.database.beginSession(async ({ manager }) => {
      await manager.transaction((nested) => nested.insert(Order, { name: 'one' }));
      throw new Error('undo');
    });

    await expect(running).rejects.toThrow('undo');
    expect(listener.heard).toEqual(['beforeStart', 'afterStart', 'inserted', 'beforeRollback', 'afterRollback']);
  });

  it('hear of no ROLLBACK of a savepoint', async () => {
    await test.database.beginSession(async ({ manager }) => {
      await manager.transaction(() => Promise.reject(new Error('undo'))).catch(() => {});
      await manager.queryRunner!.startTransaction();
      await manager.queryRunner!.rollbackTransaction();
    });

    expect(listener.heard).toEqual(['beforeStart', 'afterStart', 'beforeCommit', 'afterCommit']);
  });

  it('hear of each attempt where the closure is made again', async () => {
    await test.database.beginSession(async ({ manager, attempt }) => {
      await manager.count(Order);
      if (attempt === 1) await manager.query(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$`);
    });

    const attempt = ['beforeStart', 'afterStart'];
    expect(listener.heard).toEqual([
      ...attempt,
      'beforeRollback',
      'afterRollback',
      ...attempt,
      'beforeCommit',
      'afterCommit',
    ]);
  });

  it('hear of a COMMIT that was refused as of a ROLLBACK', async () => {
    const running = test.database.beginSession(async ({ manager }) => {
      await manager.query('SELECT 1 / 0').catch(() => {});
    });

    await expect(running).rejects.toMatchObject({ name: 'TransactionAborted' });
    expect(listener.heard.slice(2)).toEqual(['beforeCommit', 'beforeRollback', 'afterRollback']);
  });

  it('hear nothing of a dbSession whose manager is not used', async () => {
    await test.database.beginSession((dbSession) => dbSession.sql`INSERT INTO orders (name) VALUES ('one')`);
    await test.database.beginSession(({ manager }) => Promise.resolve(void manager));

    expect(listener.heard).toEqual([]);
  });

  it('take part in the transaction, ahead of what the manager does and before the COMMIT, and share its data', async () => {
    const told: unknown[] = [];
    listener.does.afterStart = ({ queryRunner }) => queryRunner.query(`SELECT set_config('test.actor', 'me', true)`);
    listener.does.beforeCommit = ({ manager }) => manager.query(`INSERT INTO orders (name) VALUES ('audit')`);
    listener.does.afterCommit = ({ queryRunner }) => void told.push(queryRunner.data);

    const seen = await test.database.beginSession(({ manager }) =>
      manager.transaction(async (nested) => {
        (nested.queryRunner!.data as Record<string, unknown>)['saved'] = 'one';
        const both = [1, 2].map(() => nested.query(`SELECT current_setting('test.actor', true) AS actor`));
        return Promise.all(both);
      }),
    );

    expect(seen).toEqual([[{ actor: 'me' }], [{ actor: 'me' }]]);
    expect(told).toEqual([{ saved: 'one' }]);
    expect(await names()).toEqual(['audit']);
  });

  it.each(['beforeStart', 'afterStart', 'beforeCommit'] as const)(
    'prevent the COMMIT by throwing at %s',
    async (step) => {
      listener.does[step] = () => Promise.reject(new Error('I object.'));
      const running = test.database.beginSession(({ manager }) => manager.insert(Order, { name: 'one' }));

      await expect(running).rejects.toThrow('I object.');
      expect(await names()).toEqual([]);
    },
  );

  it('change nothing of what has happened by throwing after it, which is reported', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    listener.does.afterCommit = ({ manager }) => manager.insert(Order, { name: 'too late' });
    listener.does.beforeRollback = () => Promise.reject(new Error('nor this'));

    await test.database.beginSession(({ manager }) => manager.insert(Order, { name: 'one' }));
    const failing = test.database.beginSession(async ({ manager }) => {
      await manager.count(Order);
      throw new Error('undo');
    });

    await expect(failing).rejects.toThrow('undo');
    expect(warnings.mock.calls.map(([text]) => text)).toEqual([
      expect.stringContaining(new Misuse('This dbSession has ended.').message),
      expect.stringContaining('nor this'),
    ]);
    warnings.mockRestore();
    expect(await names()).toEqual(['one']);
  });
});
