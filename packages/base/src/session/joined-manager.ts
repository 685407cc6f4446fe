import { Misuse } from '@holdfast/errors';
import type pg from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { type Isolation, isAtLeast } from './isolation.js';
import { refuseTransactionControl } from './refuse-transaction-control.js';
import type { StreamOnConnection } from './stream-on-connection.js';
import type { Transaction } from './transaction.js';
import type { TransactionEvents } from './transaction-events.js';

/** The dbSession that a manager belongs to, as far as the manager asks it. */
export interface JoinedTo {
  readonly dataSource: DataSource;
  readonly transaction: Transaction;
  readonly events: TransactionEvents;
  readonly isolation: Isolation;
  /** Throws unless it is this dbSession's turn. */
  check(): void;
  savepoint<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result>;
}

/** What TypeORM's runner for PostgreSQL keeps of a transaction; `test/joined-manager.test.ts` holds it against this. */
interface RunnerState {
  transactionDepth: number;
  isTransactionActive: boolean;
  connect(): Promise<pg.PoolClient>;
  release(): Promise<void>;
  startTransaction(isolation?: string): Promise<void>;
  commitTransaction(): Promise<void>;
  rollbackTransaction(): Promise<void>;
  query(...args: unknown[]): Promise<unknown>;
  stream(...args: unknown[]): Promise<unknown>;
}

/**
 * TypeORM's EntityManager inside a transaction that is ours. Its runner is told that one is open already, so that nothing
 * of its own begins another, whose COMMIT would end ours; its `transaction` is a savepoint of the dbSession.
 */
export function joinedManager(joined: JoinedTo): EntityManager {
  const { dataSource, transaction, events } = joined;
  const runner: QueryRunner = dataSource.createQueryRunner('master');
  const state = runner as unknown as RunnerState;
  events.join(runner);
  state.isTransactionActive = true;
  state.transactionDepth = 1;
  state.release = () => Promise.resolve();
  state.connect = async () => {
    // A subscriber may be told in the middle of a savepoint, or when the closure has ended.
    if (!events.isTelling) joined.check();
    await events.began();
    return inTransaction(await transaction.begun(), transaction);
  };
  // Queries that TypeORM runs at the same time take turns, on a connection that has only one.
  const query = state.query.bind(runner);
  state.query = (...args) => transaction.watched(() => query(...args));
  const stream = state.stream.bind(runner);
  state.stream = async (...args) => {
    await transaction.settled();
    const opened = await transaction.watched(() => stream(...args));
    transaction.streams(opened as StreamOnConnection);
    return opened;
  };
  const start = state.startTransaction.bind(runner);
  state.startTransaction = (isolation) => {
    if (isolation !== undefined) checkIsolation(joined, isolation);
    return start();
  };
  for (const end of ['commitTransaction', 'rollbackTransaction'] as const) {
    const ending = state[end].bind(runner);
    state[end] = async () => {
      if (state.transactionDepth <= 1) throw new Misuse('The transaction of a dbSession is ended by the dbSession.');
      await ending();
      transaction.rowScope.cameBack();
    };
  }
  const nested: Nesting = (first, second) => {
    if (typeof first === 'string') checkIsolation(joined, first);
    return joined.savepoint((typeof first === 'string' ? second! : first) as never);
  };
  return Object.assign(runner.manager, { transaction: nested });
}

/** Throws Misuse where TypeORM's own transactions of a runner are still open. */
export function checkNoneIsOpen({ queryRunner }: EntityManager): void {
  if ((queryRunner as unknown as RunnerState).transactionDepth <= 1) return;
  throw new Misuse('startTransaction() was called on the runner of a dbSession, and its end was not.');
}

type Nested = (manager: EntityManager) => Promise<unknown>;
type Nesting = (first: string | Nested, second?: Nested) => Promise<unknown>;

function checkIsolation({ isolation }: JoinedTo, asked: string): void {
  if (isAtLeast(isolation, asked)) return;
  throw new Misuse(
    `This dbSession is ${isolation}; for ${asked} say so in beginSession: nothing inside can change it.`,
  );
}

/** The client, whose queries come after those that are under way. */
function inTransaction(client: pg.PoolClient, transaction: Transaction): pg.PoolClient {
  const { query: queryOf } = client as unknown as { readonly query: (...args: unknown[]) => unknown };
  const query = (...args: unknown[]): unknown => {
    refuseTransactionControl(args[0]);
    const run = (): unknown => Reflect.apply(queryOf, client, args);
    // A stream or cursor is handed out at once.
    const isSubmittable = typeof (args[0] as { submit?: unknown } | undefined)?.submit === 'function';
    return isSubmittable ? run() : transaction.byDriver(run as () => Promise<unknown>);
  };
  return new Proxy(client, {
    get: (target, key) => (key === 'query' ? query : (Reflect.get(target, key, target) as unknown)),
  });
}
