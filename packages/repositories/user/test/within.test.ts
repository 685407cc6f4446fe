import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SerializationFailure } from '@holdfast/base';
import { type Policy, Resilience, RetryPolicy } from '@holdfast/resilience';
import {
  keypairDbSourceResilience,
  keypairRepositoryResilience,
  keypairUserScope,
  userDbSourceResilience,
  UserRepositories,
  userRepositoryResilience,
} from '../src/index.js';
import { type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, PLAIN, spec } from './fixture/users.js';

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

describe('the repositories within a dbSession', () => {
  it('take what is particular to users into the unit of work', async () => {
    const { id } = await test.users.create(inBlue, spec(blue));
    const { keypair } = await test.keypairs.createKeypair(inBlue, id, { isDefault: true });
    const before = await test.rows();

    const failing = test.database.beginSession(async (dbSession) => {
      const users = test.users.within(dbSession);
      const keypairs = test.keypairs.within(dbSession);
      await keypairs.rotateKeypair(keypairUserScope(id), keypair.accessKey);
      await users.updateRole(inBlue, id, 'admin');
      await users.updateStatus(inBlue, id, 'inactive');
      await users.delete(inBlue, id);
      await users.create(inBlue, spec(blue));
      await users.bulkCreate(inBlue, [spec(blue)]);
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await test.rows()).toEqual(before);
  });

  it('see a new user and its password before they are committed, and nobody else does', async () => {
    await test.database.beginSession(async (dbSession) => {
      const users = test.users.within(dbSession);
      const { id } = await users.create(inBlue, spec(blue));

      expect(await users.verifyPassword(inBlue, { id }, PLAIN)).toMatchObject({ id });
      expect(await test.users.verifyPassword(inBlue, { id }, PLAIN, { separate: true })).toBeNull();
    });
  });

  it('retry a creation as a whole, without hashing or storing anything twice', async () => {
    let attempts = 0;
    const collision = new SerializationFailure({ cause: null, retryable: true, outcome: 'not-committed' });
    const colliding: Policy = {
      name: 'colliding',
      execute: (call, next) => (++attempts === 1 ? Promise.reject(collision) : next(call)),
    };
    const resilience = new Resilience({ policies: [new RetryPolicy({ maxRetries: 3, retryDelayMs: 1 }), colliding] });
    const { repository } = UserRepositories.create({ database: test.database, resilience });

    const { id } = await repository.create(inBlue, spec(blue));

    expect(attempts).toBe(2);
    expect(await test.rows()).toHaveLength(1);
    expect(await test.users.verifyPassword(inBlue, { id }, PLAIN)).toMatchObject({ id });
  });

  it('measure and retry, and their sources only measure', () => {
    for (const resilience of [userRepositoryResilience, keypairRepositoryResilience]) {
      expect(resilience.describe()).toBe('metrics(retry(call))');
    }
    for (const resilience of [userDbSourceResilience, keypairDbSourceResilience]) {
      expect(resilience.describe()).toBe('metrics(call)');
    }
  });
});
