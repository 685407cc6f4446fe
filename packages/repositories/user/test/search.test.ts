import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sqlIdentifier } from '@holdfast/base';
import { batchQuerier, type Page, unscoped } from '@holdfast/querier';
import {
  AmbiguousUser,
  UserConditions,
  userFields,
  type UserInfo,
  UserNotFound,
  UserOrders,
  type UserRow,
} from '../src/index.js';
import { type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/users.js';

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());

const names = ({ items }: Page<UserInfo>): string[] => items.map(({ username }) => username);

beforeEach(async () => {
  await test.empty();
  await test.users.bulkCreate(inBlue, [
    spec(blue, { username: 'Ada', email: 'ada@north.org', role: 'admin', fullName: 'Ada A.' }),
    spec(blue, { username: 'bob', email: 'Bob@south.org', status: 'inactive', resourcePolicy: 'small' }),
    spec(blue, { username: 'cleo', email: 'cleo@south.org', role: 'superadmin', fullName: 'Cleo C.' }),
  ]);
  await test.users.create(inRed, spec(red, { username: 'ada', email: 'ADA@north.org' }));
  const { id } = await test.users.getUserByUsername(inBlue, 'cleo');
  await test.users.delete(inBlue, id);
});

describe('search', () => {
  const search = (args: Partial<Parameters<typeof batchQuerier<UserRow>>[0]>, includeDeleted = true) =>
    test.users.search(
      inBlue,
      batchQuerier<UserRow>({ orders: [UserOrders.username()], pagination: { noPagination: true }, ...args }),
      { includeDeleted },
    );

  it('sees and counts the users of the scope, and deleted ones where it is told to', async () => {
    expect((await search({ total: 'exact' }, false)).total).toEqual({ value: 2, exact: true });
    expect(names(await search({})).sort()).toEqual(['Ada', 'bob', 'cleo']);
  });

  it.each([
    ['status', UserConditions.statusEquals('inactive'), ['bob']],
    ['being active', UserConditions.isActive(), ['Ada']],
    ['being deleted', UserConditions.statusEquals('deleted'), ['cleo']],
    ['being deleted, too', UserConditions.isDeleted(), ['cleo']],
    ['statuses', UserConditions.statusIn(['inactive', 'deleted']), ['bob', 'cleo']],
    ['no status', UserConditions.statusIn([]), []],
    ['role', UserConditions.roleEquals('admin'), ['Ada']],
    ['roles', UserConditions.roleIn(['user', 'monitor']), ['bob']],
    ['administering', UserConditions.isAdministrator(), ['Ada', 'cleo']],
    ['domain', UserConditions.domainEquals(red), []],
    ['address', UserConditions.emailEquals('BOB@south.ORG'), ['bob']],
    ['part of the address', UserConditions.emailContains('@south'), ['bob', 'cleo']],
    ['end of the address', UserConditions.emailEndsWith('north.org'), ['Ada']],
    ['name', UserConditions.usernameEquals('aDA'), ['Ada']],
    ['part of the name', UserConditions.usernameContains('LE', { caseInsensitive: true }), ['cleo']],
    ['start of the name', UserConditions.usernameStartsWith('b'), ['bob']],
    ['full name', UserConditions.fullNameContains(' A.'), ['Ada']],
    ['resource policy', UserConditions.resourcePolicyEquals('small'), ['bob']],
    ['creation, before', UserConditions.createdBefore(new Date('2000-01-01')), []],
    ['creation, after', UserConditions.createdAfter(new Date('2000-01-01')), ['Ada', 'bob', 'cleo']],
  ])('filters by %s', async (_name, condition, expected) => {
    expect(names(await search({ conditions: [condition] })).sort()).toEqual(expected);
  });

  it('walks an order with NULLs by cursor', async () => {
    const orders = [UserOrders.fullName({ ascending: false })];
    const first = await search({ orders, pagination: { first: 2 } });
    const rest = await search({ orders, pagination: { first: 2, after: first.endCursor } });

    expect([...names(first), ...names(rest)]).toEqual(['bob', 'cleo', 'Ada']);
  });

  it('answers requests, and lets nobody probe what is not theirs', async () => {
    const parameters = new URLSearchParams('filter[role][in]=admin,superadmin&order=-username&first=10');

    expect(names(await test.users.search(inBlue, userFields.parseSearch(parameters)))).toEqual(['Ada']);
    for (const name of [
      'needPasswordChange',
      'passwordChangedAt',
      'allowedClientIps',
      'integrationId',
      'containerUid',
      'statusInfo',
    ]) {
      expect(() => userFields.parseSearch(new URLSearchParams(`filter[${name}][isNull]=true`))).toThrow(
        expect.objectContaining({ reason: 'UNKNOWN_FIELD' }),
      );
    }
  });
});

describe('a user by e-mail address or name', () => {
  it('is found whatever the case, in the scope alone', async () => {
    for (const scope of [inBlue, inRed]) {
      const byEmail = await test.users.getUserByEmail(scope, 'aDa@NORTH.org');
      expect(byEmail.domainName).toBe(scope === inBlue ? blue : red);
      expect(await test.users.findUserByEmail(scope, 'ada@north.org')).toEqual(byEmail);
      expect(await test.users.getUserByUsername(scope, 'ADA')).toEqual(byEmail);
      expect(await test.users.findUserByUsername(scope, 'ada')).toEqual(byEmail);
    }
  });

  it('is nobody where there is none, deleted, or elsewhere', async () => {
    for (const [scope, email, username] of [
      [inBlue, 'cleo@south.org', 'cleo'],
      [inRed, 'bob@south.org', 'bob'],
      [inBlue, '%', '_'],
    ] as const) {
      expect(await test.users.findUserByEmail(scope, email)).toBeNull();
      expect(await test.users.findUserByUsername(scope, username)).toBeNull();
      await expect(test.users.getUserByEmail(scope, email)).rejects.toBeInstanceOf(UserNotFound);
      await expect(test.users.getUserByUsername(scope, username)).rejects.toMatchObject({ userId: null });
    }
    expect(await test.users.findUserByEmail(inBlue, 'cleo@south.org', { includeDeleted: true })).toMatchObject({
      status: 'deleted',
    });
  });

  it('is not guessed where several domains are asked', async () => {
    const failure: unknown = await test.users
      .getUserByEmail(unscoped('a test'), 'ada@north.org')
      .catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(AmbiguousUser);
    expect(failure).toMatchObject({ code: 'user_read_conflict', httpStatus: 409 });
    expect(await test.users.getUserByEmail(unscoped('a test'), 'bob@south.org')).toMatchObject({ username: 'bob' });
  });

  it('is looked up by the index that keeps it unique', async () => {
    await test.database.beginReadonlySession(async (dbSession) => {
      await dbSession.sql`SET LOCAL enable_seqscan = off`;
      for (const [column, index] of [
        ['email', 'users_email_key'],
        ['username', 'users_username_key'],
      ] as const) {
        const plan = await dbSession.sql`
          EXPLAIN SELECT id FROM users
          WHERE lower(${sqlIdentifier(column)}) = lower('x') AND domain_name = 'blue' AND deleted_at IS NULL`;
        expect(JSON.stringify(plan)).toContain(index);
      }
    });
  });
});
