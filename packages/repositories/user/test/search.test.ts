import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Database, guardedPool, type PlanNode } from '@holdfast/base';
import { batchQuerier, type Page, unscoped } from '@holdfast/querier';
import { DataSource } from 'typeorm';
import { userEntities } from '../src/entities.js';
import {
  AmbiguousUser,
  UserAlreadyExists,
  UserConditions,
  userFields,
  type UserInfo,
  UserNotFound,
  UserOrders,
  UserRepositories,
  type UserRow,
} from '../src/index.js';
import { userMigrations } from '../src/migrations/index.js';
import { oneUser } from '../src/one-user.js';
import { type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/users.js';

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

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

  it('takes the status of a request for what users are, deleted ones too', async () => {
    const ada = await test.users.getUserByUsername(inBlue, 'Ada');
    await test.users.delete(inBlue, ada.id);
    const asked = async (query: string): Promise<readonly string[]> =>
      names(
        await test.users.search(inBlue, userFields.parseSearch(new URLSearchParams(query)), { includeDeleted: true }),
      );

    expect(await asked('filter[status][eq]=active')).toEqual([]);
    expect(await asked('filter[status][ne]=inactive&order=username')).toEqual(['Ada', 'cleo']);
    expect(await asked('filter[status][in]=inactive,deleted&order=status,-username')).toEqual(['cleo', 'Ada', 'bob']);
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

  it('is the one that is not deleted, where both have had an address or a name', async () => {
    const [cleo] = (
      await test.users.search(
        inBlue,
        batchQuerier<UserRow>({ conditions: [UserConditions.isDeleted()], pagination: { noPagination: true } }),
        { includeDeleted: true },
      )
    ).items;
    const both = { includeDeleted: true };
    const next = await test.users.create(inBlue, spec(blue, { username: 'Cleo', email: 'Cleo@south.org' }));
    expect(await test.users.getUserByEmail(inBlue, 'cleo@south.org', both)).toMatchObject({ id: next.id });
    expect(await test.users.getUserByUsername(inBlue, 'cleo', both)).toMatchObject({ id: next.id });

    await test.users.delete(inBlue, next.id);
    await expect(test.users.getUserByEmail(inBlue, 'cleo@south.org', both)).rejects.toBeInstanceOf(AmbiguousUser);
    await test.users.purge(inBlue, next.id);
    expect(await test.users.getUserByEmail(inBlue, 'cleo@south.org', both)).toMatchObject({ id: cleo!.id });
  });

  it('is not guessed where several domains are asked', async () => {
    const failure: unknown = await test.users
      .getUserByEmail(unscoped('a test'), 'ada@north.org')
      .catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(AmbiguousUser);
    expect(failure).toMatchObject({ code: 'user_read_conflict', httpStatus: 409 });
    expect(await test.users.getUserByEmail(unscoped('a test'), 'bob@south.org')).toMatchObject({ username: 'bob' });
  });

  it.each([
    ['users_email_key', UserConditions.emailEquals('USER777@example.com')],
    ['users_username_key', UserConditions.usernameEquals('USER777')],
  ])('is looked up by %s, which keeps it unique, among many', async (index, condition) => {
    await test.dataSource.query(`
      INSERT INTO users (id, username, email, domain_name)
      SELECT gen_random_uuid(), 'user' || n, 'user' || n || '@example.com', 'blue' FROM generate_series(1, 10000) n`);
    await test.dataSource.query('ANALYZE users');

    for (const mode of ['custom', 'generic'] as const) {
      const { Plan } = await test.database.explain(oneUser(inBlue, condition), { mode, analyze: true });
      const scans = nodesOf(Plan).filter((node) => node['Relation Name'] === 'users');
      expect(scans.map((scan) => scan['Index Name'])).toContain(index);
      // The row found, and perhaps the same by its key: nobody else's.
      for (const scan of scans) expect([scan['Actual Rows'], scan['Rows Removed by Filter'] ?? 0]).toEqual([1, 0]);
    }
  });
});

it('users are the same whatever their database calls lower case', async () => {
  const name = `turkish_${randomBytes(6).toString('hex')}`;
  await test.dataSource.query(`
    CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' ENCODING 'UTF8'`);
  const url = new URL(test.url);
  url.pathname = `/${name}`;
  const dataSource = new DataSource({
    type: 'postgres',
    url: url.href,
    entities: [...userEntities],
    ...guardedPool({ max: 2 }),
  });
  try {
    await dataSource.initialize();
    const database = new Database(dataSource);
    await database.migrate(userMigrations);
    const { repository } = UserRepositories.create({ database });
    const { id } = await repository.create(inBlue, spec(blue, { username: 'INFO', email: 'info@example.com' }));

    expect(await dataSource.query(`SELECT lower('I') AS i`)).toEqual([{ i: 'ı' }]);
    for (const taken of [{ username: 'info' }, { email: 'INFO@example.com' }]) {
      await expect(repository.create(inBlue, spec(blue, taken))).rejects.toBeInstanceOf(UserAlreadyExists);
    }
    expect(await repository.getUserByUsername(inBlue, 'Info')).toMatchObject({ id });
    expect(await repository.getUserByEmail(inBlue, 'Info@example.com')).toMatchObject({ id });
    const asked = userFields.parseSearch(new URLSearchParams('filter[email][ieq]=INFO@example.com&limit=2&offset=0'));
    expect(names(await repository.search(inBlue, asked))).toEqual(['INFO']);
    await database.close();
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await test.dataSource.query(`DROP DATABASE ${name} WITH (FORCE)`);
  }
});
