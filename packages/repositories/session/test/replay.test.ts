import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, SerializationFailure } from '@holdfast/base';
import { type Clock, observeOperations } from '@holdfast/operation';
import { repositoryResilience } from '@holdfast/resilience';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

/** Sleeping takes no time. */
const clock: Clock = { now: () => 0, sleep: () => Promise.resolve(), after: () => ({ stop: () => {} }) };

let test: SessionDatabase;
let database: Database;
beforeAll(async () => {
  test = await sessionDatabase();
  database = new Database(test.dataSource, { clock });
});
afterAll(() => test.close());

/** A unit of work over the repository, under a stack that retries, whose transaction always collides. */
class Renaming {
  attempts = 0;
  readonly #maxAttempts: number | undefined;

  constructor(maxAttempts?: number) {
    this.#maxAttempts = maxAttempts;
  }

  @(repositoryResilience('renaming', { maxRetries: 3, clock, budget: null }).apply())
  rename(): Promise<void> {
    const options = {
      isolation: 'repeatable read',
      ...(this.#maxAttempts && { maxAttempts: this.#maxAttempts }),
    } as const;
    return database.beginSession(async (dbSession) => {
      this.attempts++;
      const sessions = test.repository.within(dbSession);
      await sessions.create(ofAlice, spec(alice));
      await dbSession.sql`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$`;
    }, options);
  }
}

describe('a unit of work under a RetryPolicy', () => {
  it('is made as often as the Database says, and not as often again as the policy says', async () => {
    const retried: unknown[] = [];
    const stop = observeOperations((event) => event.kind === 'retried' && retried.push(event));
    const renaming = new Renaming();

    await expect(renaming.rename()).rejects.toBeInstanceOf(SerializationFailure);
    stop();

    expect(renaming.attempts).toBe(10);
    expect(retried).toEqual([]);
    expect(await test.rows()).toEqual([]);
  });

  it('is made as often as the policy says where the call leaves it to the policy', async () => {
    const renaming = new Renaming(1);

    await expect(renaming.rename()).rejects.toBeInstanceOf(SerializationFailure);

    expect(renaming.attempts).toBe(3);
  });
});
