import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationAlreadyDone, operationKey, operationKeyMigrations } from '@holdfast/base';
import { SecretKeys } from '@holdfast/secrets';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import {
  hashPassword,
  KeypairRepositories,
  type KeypairRepository,
  keypairUserScope,
  type UserInfo,
  UserRepositories,
  type UserRepository,
} from '../src/index.js';
import { userMigrations } from '../src/migrations/index.js';
import { sealingKey } from './fixture/user-database.js';
import { blue, inBlue, PHC, spec } from './fixture/users.js';

let test: TestDatabase;
let users: UserRepository;
let keypairs: KeypairRepository;
beforeAll(async () => {
  test = await createTestDatabase({
    entities: userEntities,
    migrations: [...operationKeyMigrations, ...userMigrations],
  });
  const { database } = test;
  users = UserRepositories.create({ database }).repository;
  keypairs = KeypairRepositories.create({
    database,
    secrets: new SecretKeys([sealingKey('one')]),
  }).repository;
});
afterAll(() => test.close());

let user: UserInfo;
beforeEach(async () => {
  await test.dataSource.query('TRUNCATE users, holdfast_operation CASCADE');
  user = await users.create(inBlue, spec(blue));
});

const kept = (): Promise<readonly object[]> => test.dataSource.query('SELECT * FROM holdfast_operation');

describe('with an operation key', () => {
  it('a key pair is made once, and its secret is told once and kept nowhere', async () => {
    const make = () => keypairs.createKeypair(inBlue, user.id, {}, { operationKey: operationKey('a pair') });
    const { keypair, secretKey } = await make();

    await expect(make()).rejects.toBeInstanceOf(OperationAlreadyDone);
    expect(await keypairs.count(keypairUserScope(user.id), {})).toBe(1);
    expect(await kept()).toHaveLength(1);
    expect(JSON.stringify(await kept())).not.toContain(secretKey.reveal());
    expect(await keypairs.find(keypairUserScope(user.id), keypair.accessKey)).toEqual(keypair);
  });

  it('users are made and changed once, and no hash is kept', async () => {
    const [made, other] = [spec(blue), await hashPassword('another password')];
    for (const call of [
      () => users.create(inBlue, made, { operationKey: operationKey('one') }),
      () => users.bulkCreate(inBlue, [spec(blue, { username: 'many' })], { operationKey: operationKey('many') }),
      () => users.changePassword(inBlue, user.id, other, { operationKey: operationKey('a change') }),
    ]) {
      await call();
    }

    expect(await kept()).toHaveLength(3);
    expect(JSON.stringify(await kept())).not.toMatch(/argon2|lUbZ8Jzij/);
    expect(PHC).toContain('lUbZ8Jzij');
    await expect(users.create(inBlue, made, { operationKey: operationKey('one') })).rejects.toBeInstanceOf(
      OperationAlreadyDone,
    );
  });
});
