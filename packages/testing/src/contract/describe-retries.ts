import assert from 'node:assert/strict';
import { type Database, SerializationFailure } from '@holdfast/base';
import { type Policy, Resilience, RetryPolicy } from '@holdfast/resilience';
import { createTestDatabase } from '../create-test-database.js';
import type { TestDatabase, TestDatabaseArgs } from '../test-database.js';
import type { TestRunner } from './describe-repository.js';
import { refusal } from './refusal.js';

/** The first case may start a server. */
const LIMIT_MS = 120_000;

type Within<Repository> = Repository & { within(dbSession: never): Repository };

/** What a repository says of what its operations run in. */
export interface RetryContract<Repository> {
  /** The tables: see `createTestDatabase`. */
  readonly tables: Pick<TestDatabaseArgs, 'entities' | 'migrations'>;
  /** Makes the repository as an application does; with `resilience` instead of its own. */
  readonly repository: (parts: { readonly database: Database; readonly resilience: Resilience }) => Within<Repository>;
  /** Creates one more by `create`, and tells how many there are. */
  readonly create: (repository: Repository) => Promise<unknown>;
  readonly count: (repository: Repository) => Promise<number>;
  /** What its operations run in by default, and those of its db source. */
  readonly defaults: { readonly repository: Resilience; readonly dbSource: Resilience };
}

/**
 * Tests that a repository makes an operation again that has collided with another, but no part of a transaction, which
 * can only be made again as a whole. Makes a database of its own.
 */
export function describeRetries<Repository>(
  runner: TestRunner,
  name: string,
  contract: RetryContract<Repository>,
): void {
  let opened: TestDatabase | null = null;
  const close = async () => opened?.close();
  const colliding = async () => {
    opened ??= await createTestDatabase(contract.tables);
    const { database } = opened;
    const { policy, attempts } = collidingOnce();
    const resilience = new Resilience({ policies: [new RetryPolicy({ maxRetries: 3, retryDelayMs: 1 }), policy] });
    return { database, repository: contract.repository({ database, resilience }), attempts };
  };

  runner.describe(name, () => {
    if ('afterAll' in runner) runner.afterAll(close, LIMIT_MS);
    else runner.after(close);

    const alone = async () => {
      const { repository, attempts } = await colliding();

      await contract.create(repository);

      assert.equal(attempts(), 2);
      assert.equal(await contract.count(repository), 1);
    };
    const within = async () => {
      const { database, repository, attempts } = await colliding();
      const before = await contract.count(repository);

      const creation = () =>
        database.beginSession((dbSession) => contract.create(repository.within(dbSession as never)), {
          maxAttempts: 1,
        });

      assert.ok((await refusal(creation, 'what has collided')) instanceof SerializationFailure);
      assert.equal(attempts(), 1);
      assert.equal(await contract.count(repository), before);
    };
    runner.it('makes an operation again that has collided, and does it once', alone, LIMIT_MS);
    runner.it('makes no part of a transaction again', within, LIMIT_MS);
    runner.it('measures and retries, and its source only measures', async () => {
      assert.equal(contract.defaults.repository.describe(), 'metrics(retry(call))');
      assert.equal(contract.defaults.dbSource.describe(), 'metrics(call)');
      return Promise.resolve();
    });
  });
}

/** Fails the first creation as if the transaction had collided with another. */
function collidingOnce(): { readonly policy: Policy; readonly attempts: () => number } {
  let made = 0;
  const collision = new SerializationFailure({ cause: null, retryable: true, outcome: 'not-committed' });
  return {
    attempts: () => made,
    policy: {
      name: 'colliding',
      execute: (call, next) => (call.operation === 'create' && ++made === 1 ? Promise.reject(collision) : next(call)),
    },
  };
}
