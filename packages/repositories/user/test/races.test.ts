import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { raced } from '@holdfast/testing';
import {
  KeypairConflict,
  keypairUserScope,
  UserAlreadyExists,
  type UserInfo,
  UserNotFound,
  UserStatusConflict,
} from '../src/index.js';
import { type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, spec } from './fixture/users.js';

const ROUNDS = 50;

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

const rounds = async (round: (n: number) => Promise<void>): Promise<void> => {
  for (let n = 1; n <= ROUNDS; n++) await round(n);
};
const reasons = (results: readonly PromiseSettledResult<unknown>[]): readonly unknown[] =>
  results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
const newUser = (): Promise<UserInfo> => test.users.create(inBlue, spec(blue));

describe('of two at once', () => {
  it.each([
    ['an address', (n: number) => [{ email: `u${n}@example.com` }, { email: `U${n}@EXAMPLE.com` }]],
    ['a name', (n: number) => [{ username: `u${n}` }, { username: `U${n}` }]],
  ] as const)('only one user gets %s, whatever its case, now the one and now the other', async (_what, pair) => {
    const won = new Set<string>();
    await rounds(async (n) => {
      const [a, b] = pair(n).map((values) => spec(blue, values));
      const results = await raced(n, [
        () => test.users.create(inBlue, a!),
        () => (n % 4 < 2 ? test.users.create(inBlue, b!) : test.users.bulkCreate(inBlue, [b!])),
      ]);

      expect(reasons(results)).toEqual([expect.any(UserAlreadyExists)]);
      expect(await test.rows()).toHaveLength(n);
      won.add(results[0].status);
    });
    expect(won.size).toBe(2);
  });

  it('only one restored user gets back what a new one takes', async () => {
    const won = new Set<string>();
    await rounds(async (n) => {
      const values = { email: `u${n}@example.com` };
      const { id } = await test.users.create(inBlue, spec(blue, values));
      await test.users.delete(inBlue, id);

      const results = await raced(n, [
        () => test.users.restore(inBlue, id),
        () => test.users.create(inBlue, spec(blue, values)),
      ]);

      expect(reasons(results)).toEqual([expect.any(UserAlreadyExists)]);
      won.add(results[0].status);
    });
    expect(won.size).toBe(2);
  });

  it('only one rotates a key pair: it never has two successors', async () => {
    const user = await newUser();
    const scope = keypairUserScope(user.id);
    let { keypair } = await test.keypairs.createKeypair(inBlue, user.id, { isDefault: true });
    await rounds(async (n) => {
      const rotate = () => test.keypairs.rotateKeypair(scope, keypair.accessKey);
      const results = await raced(n, [rotate, rotate]);

      expect(reasons(results)).toMatchObject([{ reason: 'inactive' }]);
      const successors = await test.dataSource.query<object[]>(
        'SELECT FROM keypairs WHERE predecessor = $1 AND is_active AND is_default',
        [keypair.accessKey],
      );
      expect(successors).toHaveLength(1);
      expect(await test.keypairs.count(scope, { isActive: { eq: true } })).toBe(1);
      keypair = (await test.keypairs.findDefaultKeypair(scope, user.id))!;
    });
  });

  it('a change of status and a deletion end with a deleted user, whichever was first', async () => {
    const seen = new Set<string>();
    await rounds(async (n) => {
      const { id } = await newUser();

      const [changed, deleted] = await raced(n, [
        () => test.users.updateStatus(inBlue, id, 'inactive'),
        () => test.users.delete(inBlue, id),
      ]);

      expect(deleted).toMatchObject({ status: 'fulfilled', value: { status: 'deleted' } });
      if (changed.status === 'rejected') expect(changed.reason).toBeInstanceOf(UserNotFound);
      expect(await test.users.find(inBlue, id)).toBeNull();
      expect(await test.users.restore(inBlue, id)).toMatchObject({
        status: changed.status === 'fulfilled' ? 'inactive' : 'active',
      });
      expect(await test.rows()).toHaveLength(n);
      seen.add(changed.status);
    });
    expect(seen.size).toBe(2);
  });

  it('only one change of status of the same kind succeeds, now the one and now the other', async () => {
    const won = new Set<string>();
    await rounds(async (n) => {
      const { id } = await newUser();
      const change = () => test.users.updateStatus(inBlue, id, 'inactive');

      const results = await raced(n, [change, change]);

      expect(reasons(results)).toEqual([expect.any(UserStatusConflict)]);
      won.add(results[0].status);
    });
    expect(won.size).toBe(2);
  });

  it.each([
    ['delete', (id: UserInfo['id']) => test.users.delete(inBlue, id)],
    ['batchDelete', (id: UserInfo['id']) => test.users.batchDelete(inBlue, { id: { eq: id } })],
  ])('a deleted user (%s) keeps no key pair that works, made or switched on meanwhile', async (_name, remove) => {
    await rounds(async (n) => {
      const { id } = await newUser();
      const scope = keypairUserScope(id);
      const { keypair } = await test.keypairs.createKeypair(inBlue, id, { isDefault: true });
      if (n % 3 === 0) await test.keypairs.deactivateKeypair(scope, keypair.accessKey);
      const meanwhile = [
        () => test.keypairs.activateKeypair(scope, keypair.accessKey),
        () => test.keypairs.createKeypair(inBlue, id, { isDefault: true }),
        () => test.keypairs.rotateKeypair(scope, keypair.accessKey),
        () => test.keypairs.setDefaultKeypair(scope, keypair.accessKey),
      ][n % 4]!;

      const [made, removed] = await raced(n, [
        meanwhile as () => Promise<unknown>,
        () => remove(id) as Promise<unknown>,
      ]);

      expect(removed.status).toBe('fulfilled');
      if (made.status === 'rejected') {
        expect(made.reason instanceof UserNotFound || made.reason instanceof KeypairConflict).toBe(true);
      }
      await test.users.restore(inBlue, id);
      expect(await test.keypairs.count(scope, { isActive: { eq: true } })).toBe(0);
      expect(await test.keypairs.findDefaultKeypair(scope, id)).toBeNull();
    });
  });

  it('a key pair is an administrator’s if its user is, made while the role changes', async () => {
    await rounds(async (n) => {
      const { id } = await newUser();
      const role = n % 2 === 0 ? 'admin' : 'superadmin';

      const results = await raced(n, [
        () => test.users.updateRole(inBlue, id, role),
        () => test.keypairs.createKeypair(inBlue, id),
      ]);

      expect(reasons(results)).toEqual([]);
      expect(await test.keypairs.count(keypairUserScope(id), { userRole: { eq: role } })).toBe(1);
    });
  });

  it('a user has one default key pair, made and chosen at once', async () => {
    const { id } = await newUser();
    const scope = keypairUserScope(id);
    const { keypair } = await test.keypairs.createKeypair(inBlue, id);
    await rounds(async (n) => {
      const results = await raced(n, [
        () => test.keypairs.createKeypair(inBlue, id, { isDefault: true }),
        () => test.keypairs.setDefaultKeypair(scope, keypair.accessKey),
      ]);

      expect(reasons(results)).toEqual([]);
      expect(await test.keypairs.count(scope, { isDefault: { eq: true } })).toBe(1);
    });
  });
});
