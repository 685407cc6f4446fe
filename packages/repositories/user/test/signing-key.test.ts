import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accessKey } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { SecretKeys, SecretUnreadable } from '@holdfast/secrets';
import {
  keypairDomainScope,
  KeypairRepositories,
  keypairUserScope,
  type KeypairWithSecret,
  type SecretKey,
  type UserInfo,
} from '../src/index.js';
import { sealingKey, type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, red, spec } from './fixture/users.js';

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());

let user: UserInfo;
let made: KeypairWithSecret;
let scope: ReturnType<typeof keypairUserScope>;
beforeEach(async () => {
  await test.empty();
  user = await test.users.create(inBlue, spec(blue));
  scope = keypairUserScope(user.id);
  made = await test.keypairs.createKeypair(inBlue, user.id, { isDefault: true });
});

const authentication = unscoped('a request is authenticated');
const missing = accessKey('AKIAMISSING');

describe('findSigningKey', () => {
  const find = () => test.keypairs.findSigningKey(authentication, made.keypair.accessKey);

  it('gives what checks a signature', async () => {
    const sign = (key: SecretKey): string => createHmac('sha256', key.reveal()).update('a request').digest('hex');

    const found = await find();

    expect(found!.keypair).toEqual(made.keypair);
    expect(sign(found!.secretKey)).toBe(sign(made.secretKey));
  });

  it('gives null while the key pair or its user is not active, and outside of the scope', async () => {
    const { accessKey: key } = made.keypair;
    await test.keypairs.deactivateKeypair(scope, key);
    expect(await find()).toBeNull();
    await test.keypairs.activateKeypair(scope, key);
    expect(await find()).not.toBeNull();
    await test.users.updateStatus(inBlue, user.id, 'inactive');
    expect(await find()).toBeNull();
    await test.users.updateStatus(inBlue, user.id, 'active');
    expect(await find()).not.toBeNull();
    expect(await test.keypairs.findSigningKey(keypairDomainScope(red), key)).toBeNull();
    expect(await test.keypairs.findSigningKey(authentication, missing)).toBeNull();
    await test.users.delete(inBlue, user.id);
    expect(await find()).toBeNull();
  });

  it('opens what was sealed with an older key, and nothing that was sealed with another', async () => {
    const withKeys = (...names: readonly [string, ...string[]]) => {
      const [first, ...others] = names;
      const secrets = new SecretKeys([sealingKey(first), ...others.map(sealingKey)]);
      return KeypairRepositories.create({ database: test.database, secrets }).repository;
    };

    const newer = withKeys('two', 'one');
    const second = await newer.createKeypair(inBlue, user.id);

    expect((await newer.findSigningKey(scope, made.keypair.accessKey))!.secretKey.reveal()).toBe(
      made.secretKey.reveal(),
    );
    expect((await withKeys('two').findSigningKey(scope, second.keypair.accessKey))!.secretKey.reveal()).toBe(
      second.secretKey.reveal(),
    );
    await expect(find()).resolves.not.toBeNull();
    await expect(test.keypairs.findSigningKey(scope, second.keypair.accessKey)).rejects.toBeInstanceOf(
      SecretUnreadable,
    );
  });

  it('opens no secret that was put beside another key pair, or changed', async () => {
    const other = await test.keypairs.createKeypair(inBlue, user.id);
    const swap = (sql: string): Promise<unknown> =>
      test.dataSource.query(`UPDATE keypair_secrets s SET sealed = ${sql} WHERE access_key = $1`, [
        made.keypair.accessKey,
      ]);
    const sealed = `(SELECT sealed FROM keypair_secrets WHERE access_key = '${other.keypair.accessKey}')`;

    for (const sql of [sealed, `overlay(sealed placing 'AAAA' from 20)`, `left(sealed, -3)`]) {
      await swap(sql);
      await expect(find()).rejects.toBeInstanceOf(SecretUnreadable);
    }
    await expect(swap(`'${made.secretKey.reveal()}'`)).rejects.toMatchObject({
      driverError: { constraint: 'keypair_secrets_sealed_check' },
    });
  });

  it('needs keys to open secrets with', () => {
    const secrets = sealingKey('one') as never;

    expect(() => KeypairRepositories.create({ database: test.database, secrets })).toThrow(Misuse);
  });
});

it('keys are found, and go off with their user, past row-level security that shows them to nobody', async () => {
  const visible = `current_setting('holdfast.unscoped', true) = 'on'`;
  const tables = ['keypairs', 'keypair_secrets'];
  await test.dataSource.query(
    'CREATE ROLE holdfast_keypairs_test; GRANT ALL ON ALL TABLES IN SCHEMA public TO holdfast_keypairs_test',
  );
  for (const table of tables) {
    await test.dataSource.query(`
      CREATE POLICY holdfast_scope ON ${table} USING (${visible});
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  }
  try {
    const { accessKey: key } = made.keypair;
    await test.database.beginSession(async (dbSession) => {
      await dbSession.sql`SET LOCAL ROLE holdfast_keypairs_test`;
      const keypairs = test.keypairs.within(dbSession);
      expect(await keypairs.find(scope, key)).toBeNull();
      expect(await keypairs.findSigningKey(authentication, key)).toMatchObject({ keypair: { accessKey: key } });
      await test.users.within(dbSession).delete(inBlue, user.id);
    });
    await test.users.restore(inBlue, user.id);
    expect(await test.keypairs.get(scope, key)).toMatchObject({ isActive: false, isDefault: false });
  } finally {
    for (const table of tables) {
      await test.dataSource.query(
        `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY; DROP POLICY holdfast_scope ON ${table}`,
      );
    }
    await test.dataSource.query('DROP OWNED BY holdfast_keypairs_test; DROP ROLE holdfast_keypairs_test');
  }
});
