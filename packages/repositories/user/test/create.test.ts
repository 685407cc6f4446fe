import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OutsideScope, unscoped } from '@holdfast/querier';
import { UserAlreadyExists, type UserCreationSpec, userScope } from '../src/index.js';
import { type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, inRed, password, PHC, red, spec } from './fixture/users.js';

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

describe('create', () => {
  it('makes an active user, frozen, and says nothing of its password', async () => {
    const { password: _, ...rest } = spec(blue, { username: 'Alice', containerGids: [100, 101] });

    const user = await test.users.create(inBlue, { ...rest, password });

    expect(user).toMatchObject({ ...rest, status: 'active', role: 'user', resourcePolicy: 'default', deletedAt: null });
    expect(Object.keys(user)).not.toContain('password');
    expect([user, user.containerGids].every(Object.isFrozen)).toBe(true);
    expect(await test.users.get(inBlue, user.id)).toEqual(user);
    expect(await test.rows()).toMatchObject([{ row: { id: user.id, hash: PHC } }]);
  });

  it('takes everything that a spec can say', async () => {
    const full: UserCreationSpec = spec(blue, {
      role: 'monitor',
      status: 'before-verification',
      statusInfo: 'imported',
      fullName: 'Alice A.',
      description: 'of old',
      integrationId: 'ldap-7',
      needPasswordChange: true,
      allowedClientIps: ['10.0.0.0/8', '::1'],
      resourcePolicy: 'small',
      containerUid: 1000,
      containerMainGid: 1000,
      containerGids: [],
    });
    const { password: _, ...seen } = full;

    expect(await test.users.create(inBlue, full)).toMatchObject(seen);
  });

  it('makes a user without a password, who has none', async () => {
    const { id } = await test.users.create(inBlue, spec(blue, { password: null }));

    expect(await test.rows()).toMatchObject([{ row: { id, hash: null } }]);
  });

  it('takes the domain from the scope, asks for it where neither says one, and refuses another', async () => {
    const { domainName: _, ...rest } = spec(blue);

    expect(await test.users.create(inBlue, rest)).toMatchObject({ domainName: blue });
    await expect(test.users.create(unscoped('an import'), { ...rest, username: 'other' })).rejects.toMatchObject({
      reason: 'MISSING_VALUE',
      pointer: '/domainName',
    });
    await expect(test.users.create(inBlue, spec(red))).rejects.toBeInstanceOf(OutsideScope);
    expect(await test.rows()).toHaveLength(1);
  });

  it('refuses an address and a name that a user of the domain has, whatever their case', async () => {
    const first = await test.users.create(inBlue, spec(blue, { username: 'Alice', email: 'Alice@Example.com' }));

    for (const [values, taken] of [
      [{ email: 'aLICE@eXAMPLE.COM' }, 'email'],
      [{ username: 'aLICE' }, 'username'],
      [{ id: first.id }, 'id'],
    ] as const) {
      const failure: unknown = await test.users.create(inBlue, spec(blue, values)).catch((e: unknown) => e);
      expect(failure).toBeInstanceOf(UserAlreadyExists);
      expect(failure).toMatchObject({ code: 'user_create_already-exists', httpStatus: 409, taken });
      expect(JSON.stringify((failure as UserAlreadyExists).toProblem())).not.toMatch(/alice/i);
    }
    expect(await test.rows()).toHaveLength(1);
  });

  it('lets other domains have the same address and name', async () => {
    const same = { username: 'alice', email: 'alice@example.com' };
    await test.users.create(inBlue, spec(blue, same));

    expect(await test.users.create(inRed, spec(red, same))).toMatchObject(same);
  });

  it('frees both when the user is deleted, and keeps it from being restored once they are taken', async () => {
    const same = { username: 'alice', email: 'alice@example.com' };
    const first = await test.users.create(inBlue, spec(blue, same));
    await test.users.delete(inBlue, first.id);
    const second = await test.users.create(inBlue, spec(blue, same));

    await expect(test.users.restore(inBlue, first.id)).rejects.toBeInstanceOf(UserAlreadyExists);
    await test.users.purge(inBlue, second.id);
    expect(await test.users.restore(inBlue, first.id)).toMatchObject({ ...same, status: 'active' });
  });

  it('lets a user scope make only that user', async () => {
    const { id, ...rest } = spec(blue);

    expect(await test.users.create(userScope(id!), rest)).toMatchObject({ id });
    await expect(test.users.create(userScope(id!), spec(blue))).rejects.toBeInstanceOf(OutsideScope);
  });

  it.each([
    ['/email', { email: 'alice' }],
    ['/email', { email: 'alice@' }],
    ['/email', { email: 'a b@example.com' }],
    ['/email', { email: `${'a'.repeat(65)}@example.com` }],
    ['/email', { email: `a@${'b'.repeat(64)}.com` }],
    ['/email', { email: `a@${'b.'.repeat(130)}com` }],
    ['/email', { email: 'élise@example.com' }],
    ['/email', { email: null }],
    ['/username', { username: '' }],
    ['/username', { username: '.alice' }],
    ['/username', { username: 'a/b' }],
    ['/username', { username: 'a'.repeat(65) }],
    ['/username', { username: undefined }],
    ['/role', { role: 'root' }],
    ['/resourcePolicy', { resourcePolicy: null }],
    ['/needPasswordChange', { needPasswordChange: null }],
    ['/containerGids', { containerGids: null }],
    ['/status', { status: 'deleted' }],
    ['/allowedClientIps', { allowedClientIps: [] }],
    ['/allowedClientIps/1', { allowedClientIps: ['10.0.0.1', '10.0.0.0/33'] }],
    ['/allowedClientIps/0', { allowedClientIps: ['fe80::1%eth0'] }],
    ['/allowedClientIps', { allowedClientIps: Array.from({ length: 101 }, () => '::1') }],
    ['/containerUid', { containerUid: -1 }],
    ['/containerMainGid', { containerMainGid: 1.5 }],
    ['/containerGids/0', { containerGids: [2 ** 31] }],
    ['/password', { password: 'correct horse battery staple' }],
    ['/deletedAt', { deletedAt: new Date(0) }],
    ['/passwordChangedAt', { passwordChangedAt: new Date(0) }],
    ['/modifiedAt', { modifiedAt: new Date(0) }],
    ['/password', { password: { hash: PHC } }],
  ])('refuses %s of %j', async (pointer, values) => {
    const failure: unknown = await test.users.create(inBlue, spec(blue, values as never)).catch((e: unknown) => e);

    expect(failure).toMatchObject({ httpStatus: 400, pointer });
    expect(await test.rows()).toEqual([]);
  });
});

describe('bulkCreate and bulkCreatePartial', () => {
  it('give each user its own password, and those that have none, none', async () => {
    const specs = [spec(blue), spec(blue, { password: null }), spec(blue)];

    const made = await test.users.bulkCreate(inBlue, specs);

    expect(made.map(({ id }) => id)).toEqual(specs.map(({ id }) => id));
    const hashes = Object.fromEntries(
      (await test.rows()).map(({ row }) => [(row as never)['id'], (row as never)['hash']]),
    );
    expect(specs.map(({ id }) => hashes[id!])).toEqual([PHC, null, PHC]);
  });

  it('refuse what is no spec in its place', async () => {
    const { successes, failures } = await test.users.bulkCreatePartial(inBlue, [null as never, spec(blue)]);

    expect(successes).toHaveLength(1);
    expect(failures).toMatchObject([{ index: 0, error: { name: 'InvalidInput' } }]);
  });

  it('make none where one cannot be made, or say which and why', async () => {
    await test.users.create(inBlue, spec(blue, { email: 'taken@example.com' }));
    const specs = [
      spec(blue, { password: null }),
      spec(blue, { email: 'TAKEN@example.com' }),
      spec(blue),
      spec(blue, { username: 'twice' }),
      spec(blue, { username: 'TWICE' }),
    ];
    const none = spec(blue, { email: 'none' });

    await expect(test.users.bulkCreate(inBlue, specs)).rejects.toBeInstanceOf(UserAlreadyExists);
    expect(await test.rows()).toHaveLength(1);

    const { successes, failures } = await test.users.bulkCreatePartial(inBlue, [...specs, none]);
    expect(successes.map(({ id }) => id)).toEqual([0, 2, 3].map((i) => specs[i]!.id));
    expect(failures).toMatchObject([
      { index: 1, error: { taken: 'email' } },
      { index: 4, error: { taken: 'username' } },
      { index: 5, error: { pointer: '/email' } },
    ]);
    expect(failures[0]!.spec).toBe(specs[1]);
    const hashes = Object.fromEntries(
      (await test.rows()).map(({ row }) => [(row as never)['id'], (row as never)['hash']]),
    );
    expect([0, 2, 3].map((i) => hashes[specs[i]!.id!])).toEqual([null, PHC, PHC]);
  });
});
