import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accessKey } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { batchQuerier, unscoped } from '@holdfast/querier';
import {
  KeypairConditions,
  KeypairConflict,
  keypairDomainScope,
  keypairFields,
  KeypairNotFound,
  KeypairOrders,
  type KeypairRow,
  keypairUserScope,
  type KeypairWithSecret,
  type UserInfo,
  UserNotFound,
} from '../src/index.js';
import { type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/users.js';

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

describe('createKeypair', () => {
  it.each([null, 5, 'x', []])('refuses %p, which says nothing of a key pair', async (given) => {
    await expect(test.keypairs.createKeypair(inBlue, user.id, given as never)).rejects.toMatchObject({
      reason: 'INVALID_VALUE',
      pointer: '',
    });
  });

  it('makes an active key pair, and tells its secret', async () => {
    const { keypair, secretKey } = await test.keypairs.createKeypair(inBlue, user.id, {
      rateLimit: 60,
      resourcePolicy: 'small',
    });

    expect(keypair).toMatchObject({
      accessKey: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      userId: user.id,
      domainName: blue,
      isActive: true,
      isAdmin: false,
      isDefault: false,
      rateLimit: 60,
      resourcePolicy: 'small',
      predecessor: null,
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(secretKey.reveal()).toMatch(/^[\w-]{40}$/);
    expect(Object.isFrozen(keypair)).toBe(true);
    expect(await test.keypairs.get(scope, keypair.accessKey)).toEqual(keypair);
  });

  it('takes the place of the default one where it is told to', async () => {
    expect(await test.keypairs.findDefaultKeypair(scope, user.id)).toEqual(made.keypair);

    const { keypair } = await test.keypairs.createKeypair(inBlue, user.id, { isDefault: true });

    expect(await test.keypairs.findDefaultKeypair(scope, user.id)).toEqual(keypair);
    expect(await test.keypairs.get(scope, made.keypair.accessKey)).toMatchObject({ isDefault: false, isActive: true });
  });

  it('knows no user outside of the scope, deleted, or missing', async () => {
    const gone = await test.users.create(inBlue, spec(blue));
    await test.users.delete(inBlue, gone.id);

    for (const [users, id] of [
      [inRed, user.id],
      [inBlue, gone.id],
      [inBlue, nobody],
    ] as const) {
      await expect(test.keypairs.createKeypair(users, id)).rejects.toBeInstanceOf(UserNotFound);
    }
  });

  it('goes with the user’s own creation in one transaction', async () => {
    const failing = test.database.beginSession(async (dbSession) => {
      const { id } = await test.users.within(dbSession).create(inBlue, spec(blue));
      await test.keypairs.within(dbSession).createKeypair(inBlue, id, { isDefault: true });
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await test.rows()).toHaveLength(1);
  });

  it.each(['accessKey', 'userRole', 'isActive', 'createdAt', 'lastUsedAt'])(
    'takes no %s, got around the compiler',
    async (name) => {
      const given = {
        [name]: { accessKey: 'AKIACHOSEN', userRole: 'superadmin', isActive: false }[name] ?? new Date(0),
      };
      const failure = Promise.resolve().then(() => test.keypairs.createKeypair(inBlue, user.id, given as never));

      await expect(failure).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: `/${name}` });
    },
  );

  it('refuses a negative rate limit', async () => {
    const failure = Promise.resolve().then(() => test.keypairs.createKeypair(inBlue, user.id, { rateLimit: -1 }));

    await expect(failure).rejects.toMatchObject({ pointer: '/rateLimit' });
  });
});

describe('rotateKeypair', () => {
  it('puts another in place of an active one, with its limits, as the default', async () => {
    const { accessKey: old } = made.keypair;

    const { keypair, secretKey } = await test.keypairs.rotateKeypair(scope, old);

    expect(keypair).toMatchObject({ predecessor: old, isDefault: true, isActive: true, rateLimit: 10_000 });
    expect(await test.keypairs.get(scope, old)).toMatchObject({ isActive: false, isDefault: false });
    expect((await test.keypairs.findSigningKey(authentication, keypair.accessKey))!.secretKey.reveal()).toBe(
      secretKey.reveal(),
    );
    expect(await test.keypairs.findSigningKey(authentication, old)).toBeNull();
  });

  it('refuses one that is off, that was replaced and switched on again, or is not in the scope', async () => {
    const { accessKey: old } = made.keypair;
    await test.keypairs.rotateKeypair(scope, old);

    await expect(test.keypairs.rotateKeypair(scope, old)).rejects.toMatchObject({
      reason: 'inactive',
      httpStatus: 409,
    });
    await test.keypairs.activateKeypair(scope, old);
    await expect(test.keypairs.rotateKeypair(scope, old)).rejects.toMatchObject({ reason: 'replaced' });
    expect(await test.keypairs.get(scope, old)).toMatchObject({ isActive: true });
    for (const [keys, key] of [
      [keypairDomainScope(red), old],
      [scope, missing],
    ] as const) {
      await expect(test.keypairs.rotateKeypair(keys, key)).rejects.toBeInstanceOf(KeypairNotFound);
    }
  });
});

describe('switching key pairs', () => {
  it('takes the default mark with it', async () => {
    const { accessKey: key } = made.keypair;

    expect(await test.keypairs.deactivateKeypair(scope, key)).toMatchObject({ isActive: false, isDefault: false });
    expect(await test.keypairs.findDefaultKeypair(scope, user.id)).toBeNull();
    expect(await test.keypairs.activateKeypair(scope, key)).toMatchObject({ isActive: true, isDefault: false });
    expect(await test.keypairs.setDefaultKeypair(scope, key)).toMatchObject({ isDefault: true });
  });

  it('makes none the default that is off, and leaves the one that is', async () => {
    const { keypair } = await test.keypairs.createKeypair(inBlue, user.id);
    await test.keypairs.deactivateKeypair(scope, keypair.accessKey);

    await expect(test.keypairs.setDefaultKeypair(scope, keypair.accessKey)).rejects.toMatchObject({
      reason: 'inactive',
    });
    expect(await test.keypairs.findDefaultKeypair(scope, user.id)).toEqual(made.keypair);
  });

  it('notes when one is used', async () => {
    const used = await test.keypairs.noteKeypairUse(scope, made.keypair.accessKey);

    expect(used.lastUsedAt).toEqual(used.modifiedAt);
  });

  it('does nothing to those of others', async () => {
    const { accessKey: key } = made.keypair;
    const before = await test.rows();
    const others = keypairDomainScope(red);

    for (const call of [
      () => test.keypairs.activateKeypair(others, key),
      () => test.keypairs.deactivateKeypair(others, key),
      () => test.keypairs.setDefaultKeypair(others, key),
      () => test.keypairs.revokeKeypair(others, key),
      () => test.keypairs.noteKeypairUse(others, key),
    ]) {
      await expect(call()).rejects.toBeInstanceOf(KeypairNotFound);
    }
    expect(await test.rows()).toEqual(before);
  });
});

describe('revokeKeypair', () => {
  it('ends it for good, and destroys its secret', async () => {
    const { accessKey: key } = made.keypair;

    const revoked = await test.keypairs.revokeKeypair(scope, key);

    expect(revoked).toMatchObject({ isActive: false, isDefault: false, revokedAt: expect.any(Date) });
    expect(await test.keypairs.find(scope, key)).toBeNull();
    expect(await test.keypairs.find(scope, key, { includeDeleted: true })).toEqual(revoked);
    expect(await test.keypairs.findSigningKey(authentication, key)).toBeNull();
    expect(await test.dataSource.query('SELECT FROM keypair_secrets')).toEqual([]);
    for (const call of [
      () => test.keypairs.activateKeypair(scope, key),
      () => test.keypairs.rotateKeypair(scope, key),
      () => test.keypairs.revokeKeypair(scope, key),
    ]) {
      await expect(call()).rejects.toBeInstanceOf(KeypairNotFound);
    }
  });
});

describe('key pairs and their user', () => {
  it('are switched off with it, and stay so when it is restored', async () => {
    const { accessKey: key } = made.keypair;
    await test.users.delete(inBlue, user.id);

    expect(await test.keypairs.get(scope, key)).toMatchObject({ isActive: false, isDefault: false });
    await expect(test.keypairs.activateKeypair(scope, key)).rejects.toMatchObject({ reason: 'user-deleted' });
    await expect(test.keypairs.rotateKeypair(scope, key)).rejects.toBeInstanceOf(KeypairConflict);
    await test.users.restore(inBlue, user.id);
    expect(await test.keypairs.get(scope, key)).toMatchObject({ isActive: false });
    expect(await test.keypairs.activateKeypair(scope, key)).toMatchObject({ isActive: true });
  });

  it('are switched off with all users that a batch deletes, and no others', async () => {
    const [second, third] = await test.users.bulkCreate(inBlue, [spec(blue), spec(blue)]);
    await test.keypairs.createKeypair(inBlue, second!.id);
    await test.keypairs.createKeypair(inBlue, third!.id);

    expect(await test.users.batchDelete(inBlue, [user.id, second!.id, nobody])).toEqual({ count: 2 });

    const ofBlue = keypairDomainScope(blue);
    const querier = batchQuerier<KeypairRow>({
      conditions: [KeypairConditions.isActive()],
      pagination: { limit: 9, offset: 0 },
    });
    expect((await test.keypairs.search(ofBlue, querier)).items.map(({ userId }) => userId)).toEqual([third!.id]);
  });

  it('refuse a deletion in a dbSession that would not see them', async () => {
    const deleting = test.database.beginSession(
      (dbSession) => Promise.resolve(test.users.within(dbSession).delete(inBlue, user.id)),
      { isolation: 'repeatable read' },
    );

    await expect(deleting).rejects.toBeInstanceOf(Misuse);
    expect(await test.users.get(inBlue, user.id)).toEqual(user);
  });

  it('follow its role', async () => {
    const { accessKey: key } = made.keypair;
    for (const [role, isAdmin] of [
      ['admin', true],
      ['monitor', false],
      ['superadmin', true],
      ['user', false],
    ] as const) {
      expect(await test.users.updateRole(inBlue, user.id, role)).toMatchObject({ role });
      expect(await test.keypairs.get(scope, key)).toMatchObject({ isAdmin });
      expect((await test.keypairs.createKeypair(inBlue, user.id)).keypair).toMatchObject({ isAdmin });
    }
  });

  it('go with it when it is purged', async () => {
    await test.users.purge(inBlue, user.id);

    expect(await test.dataSource.query('SELECT FROM keypairs UNION ALL SELECT FROM keypair_secrets')).toEqual([]);
  });
});

describe('searches of key pairs', () => {
  it('see those of the scope, by condition, order and request', async () => {
    const other = await test.users.create(inRed, spec(red, { role: 'admin' }));
    await test.keypairs.createKeypair(inRed, other.id);
    const second = await test.keypairs.createKeypair(inBlue, user.id);
    await test.keypairs.noteKeypairUse(scope, second.keypair.accessKey);
    const search = async (condition: object, all = keypairDomainScope(blue) as never): Promise<readonly string[]> => {
      const orders = [KeypairOrders.createdAt()];
      const querier = batchQuerier<KeypairRow>({
        conditions: [condition],
        orders,
        pagination: { limit: 9, offset: 0 },
      });
      return (await test.keypairs.search(all, querier)).items.map(({ accessKey: key }) => key);
    };
    const keys = [made.keypair.accessKey, second.keypair.accessKey];

    expect(await search({})).toEqual(keys);
    expect(await search(KeypairConditions.isDefault())).toEqual([keys[0]]);
    expect(await search(KeypairConditions.neverUsed())).toEqual([keys[0]]);
    expect(await search(KeypairConditions.lastUsedBefore(new Date('2100-01-01')))).toEqual([keys[1]]);
    expect(await search(KeypairConditions.accessKeyIn([keys[1]!]))).toEqual([keys[1]]);
    expect(await search(KeypairConditions.isAdmin())).toEqual([]);
    expect(await search(KeypairConditions.isAdmin(), unscoped('a test') as never)).toHaveLength(1);
    expect(await test.keypairs.loadMany(scope, [keys[1]!, missing])).toMatchObject([{ accessKey: keys[1] }, null]);
    const request = keypairFields.parseSearch(
      new URLSearchParams('filter[isDefault][eq]=false&order=createdAt&first=9'),
    );
    expect((await test.keypairs.search(scope, request)).items).toMatchObject([{ accessKey: keys[1] }]);
  });
});

describe('KeypairNotFound', () => {
  it('repeats no more of a key than a key has', () => {
    const { message, accessKey: asked } = new KeypairNotFound('K'.repeat(1_000_000) as never);
    expect(message).toBe(`No key pair ${'K'.repeat(64)}….`);
    expect(asked).toHaveLength(1_000_000);
    expect(new KeypairNotFound(missing).message).toBe('No key pair AKIAMISSING.');
  });
});
