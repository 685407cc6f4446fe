import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationAlreadyDone, operationKey, operationKeyMigrations, OperationKeyReused } from '@holdfast/base';
import { SecretKeys } from '@holdfast/secrets';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import { KeypairRepositories, type KeypairRepository, UserRepositories, type UserRepository } from '../src/index.js';
import { userMigrations } from '../src/migrations/index.js';
import { sealingKey } from './fixture/user-database.js';
import { blue, inBlue, PHC, spec } from './fixture/users.js';

let test: TestDatabase;
let users: UserRepository;
let keypairs: KeypairRepository;
beforeAll(async () => {
  const migrations = [...userMigrations, ...operationKeyMigrations];
  test = await createTestDatabase({ entities: userEntities, migrations });
  const { database } = test;
  const secrets = new SecretKeys([sealingKey('one')]);
  users = UserRepositories.create({ database }).repository;
  keypairs = KeypairRepositories.create({ database, secrets }).repository;
});
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE users, holdfast_operation CASCADE'));

const count = async (table: string): Promise<number> =>
  (await test.dataSource.query<[{ n: number }]>(`SELECT count(*)::int AS n FROM ${table}`))[0].n;

describe('with an operation key', () => {
  it('a user is created once, however often it is asked for, and its password is in no answer that is kept', async () => {
    const given = spec(blue);
    const options = { operationKey: operationKey('join ada') };
    await users.create(inBlue, given, options);

    await expect(users.create(inBlue, given, options)).rejects.toBeInstanceOf(OperationAlreadyDone);
    await expect(users.create(inBlue, spec(blue), options)).rejects.toBeInstanceOf(OperationKeyReused);

    expect([await count('users'), await count('user_passwords')]).toEqual([1, 1]);
    expect(JSON.stringify(await test.dataSource.query('SELECT * FROM holdfast_operation'))).not.toContain(PHC);
  });

  it('a key pair is made once, and its secret is not kept', async () => {
    const { id } = await users.create(inBlue, spec(blue));
    const options = { operationKey: operationKey('a key for ada') };
    const { secretKey } = await keypairs.createKeypair(inBlue, id, {}, options);

    await expect(keypairs.createKeypair(inBlue, id, {}, options)).rejects.toBeInstanceOf(OperationAlreadyDone);
    await expect(keypairs.createKeypair(inBlue, id, { isDefault: true }, options)).rejects.toBeInstanceOf(
      OperationKeyReused,
    );

    expect(await count('keypairs')).toBe(1);
    const kept = JSON.stringify(await test.dataSource.query('SELECT * FROM holdfast_operation'));
    expect(kept).not.toContain(secretKey.reveal());
  });

  it('a user is deleted once: another deletion with the same key is another write', async () => {
    const [first, second] = await users.bulkCreate(inBlue, [spec(blue), spec(blue)]);
    const options = { operationKey: operationKey('leave') };
    await users.delete(inBlue, first!.id, options);

    await expect(users.delete(inBlue, first!.id, options)).rejects.toBeInstanceOf(OperationAlreadyDone);
    await expect(users.delete(inBlue, second!.id, options)).rejects.toBeInstanceOf(OperationKeyReused);
    expect(await users.get(inBlue, second!.id)).toEqual(second);
  });
});
