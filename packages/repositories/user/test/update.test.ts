import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OptionalState, TriState } from '@holdfast/base';
import { unscoped } from '@holdfast/querier';
import { UserAlreadyExists, type UserInfo } from '../src/index.js';
import { type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, spec } from './fixture/users.js';

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

describe('update', () => {
  let user: UserInfo;
  beforeEach(async () => {
    user = await test.users.create(inBlue, spec(blue, { fullName: 'Ada', allowedClientIps: ['::1'], containerUid: 7 }));
  });

  it('changes what is given and leaves what is absent', async () => {
    const change = { email: 'new@example.com', fullName: null, allowedClientIps: ['10.0.0.0/8'] };

    const updated = await test.users.update(inBlue, user.id, { ...change, containerUid: TriState.nullify() });

    expect(updated).toEqual({ ...user, ...change, containerUid: null, modifiedAt: updated.modifiedAt });
  });

  it('lets a user change the case of its own address', async () => {
    const email = user.email.toUpperCase();

    expect(await test.users.update(inBlue, user.id, { email })).toMatchObject({ email });
  });

  it('refuses an address and a name that another user of the domain has', async () => {
    const { email, username } = await test.users.create(inBlue, spec(blue));

    for (const change of [{ email: email.toUpperCase() }, { username: OptionalState.update(username.toUpperCase()) }]) {
      await expect(test.users.update(inBlue, user.id, change)).rejects.toBeInstanceOf(UserAlreadyExists);
    }
    expect(await test.users.get(inBlue, user.id)).toEqual(user);
  });

  it.each([
    ['/email', { email: 'nowhere' }],
    ['/email', { email: OptionalState.update('nowhere') }],
    ['/username', { username: '' }],
    ['/allowedClientIps', { allowedClientIps: [] }],
    ['/allowedClientIps/0', { allowedClientIps: TriState.update(['x']) }],
    ['/containerGids/1', { containerGids: [1, -1] }],
  ])('refuses %s of %j', async (pointer, change) => {
    const failure = Promise.resolve().then(() => test.users.update(inBlue, user.id, change));

    await expect(failure).rejects.toMatchObject({ httpStatus: 400, pointer });
  });

  it.each([
    { status: 'inactive' },
    { role: 'superadmin' },
    { domainName: 'red' },
    { id: 'x' },
    { password: 'x' },
    { passwordChangedAt: null },
    { deletedAt: null },
  ])('refuses to change %j this way, got around the compiler', async (change) => {
    const failure = Promise.resolve().then(() => test.users.update(unscoped('a test'), user.id, change as never));

    await expect(failure).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: `/${Object.keys(change)[0]}` });
  });
});
