import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@holdfast/base';
import { observeOperations } from '@holdfast/operation';
import { unscoped } from '@holdfast/querier';
import { hash } from '@node-rs/argon2';
import {
  AmbiguousUser,
  hashPassword,
  PasswordHash,
  type PasswordHolder,
  type UserInfo,
  UserNotFound,
  UserRepositories,
} from '../src/index.js';
import { nobodysPassword } from '../src/password/nobodys-password.js';
import { phcOf } from '../src/password/password-hash.js';
import { type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, inRed, nobody, password, PHC, PLAIN, red, spec } from './fixture/users.js';

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

describe('hashPassword', () => {
  it('makes another hash of the same password each time, which cannot be read', async () => {
    const hashes = [await hashPassword(PLAIN), await hashPassword(PLAIN)];

    expect(new Set(hashes.map((hash) => phcOf(hash))).size).toBe(2);
    for (const hash of hashes) {
      const shown = [JSON.stringify({ hash }), inspect({ hash }), `${String(hash)}`, ...Object.keys(hash)].join();
      expect(shown).not.toContain('argon2');
      expect(shown).not.toContain(phcOf(hash).slice(-20));
    }
  });

  it('costs what looking for nobody’s password costs', async () => {
    const costOf = (phc: string): string => phc.split('$').slice(0, 4).join('$');
    expect(costOf(phcOf(await hashPassword(PLAIN)))).toBe(costOf(phcOf(nobodysPassword)));
  });

  it.each([
    ['is too short', '1234567', 'INVALID_VALUE'],
    ['is no text', 12345678, 'INVALID_VALUE'],
    ['is shorter than it looks', 'a\u0301'.repeat(4), 'INVALID_VALUE'],
    ['is longer than it looks', 'ﷺ', 'INVALID_VALUE'],
    ['is too long', 'ä'.repeat(513), 'LIMIT_EXCEEDED'],
    ['becomes too long', 'ﷺ'.repeat(100), 'LIMIT_EXCEEDED'],
  ])('refuses what %s, and does not repeat it', async (_why, plain, reason) => {
    const failure = (await hashPassword(plain as string).catch((e: unknown) => e)) as Error;

    expect(failure).toMatchObject({ reason, pointer: '/password' });
    expect(inspect(failure)).not.toContain(String(plain).slice(0, 8));
  });

  it('takes over hashes of argon2id that were made elsewhere, and no others', () => {
    expect(phcOf(PasswordHash.fromPhc(PHC))).toBe(PHC);
    for (const text of [
      '',
      PLAIN,
      PHC.replace('argon2id', 'argon2i'),
      PHC.replace('m=8', 'm=9999999'),
      // What looks like one, and cannot be verified: too little memory for its lanes, and what is no base64.
      PHC.replace('p=1', 'p=2'),
      PHC.replace('$c29tZXNhbHRzb21lc2FsdA$', `$${'a'.repeat(13)}$`),
      PHC.replace('$c29tZXNhbHRzb21lc2FsdA$', '$BBBBBBBBBBB$'),
      PHC.replace(/I$/, 'J'),
      `${PHC} `,
      null,
    ]) {
      expect(() => PasswordHash.fromPhc(text as string)).toThrow(expect.objectContaining({ reason: 'INVALID_VALUE' }));
    }
  });
});

describe('verifyPassword', () => {
  it.each([null, undefined, 5, 'a', []])('refuses %p, which names nobody', async (holder) => {
    const verified = (async () => test.users.verifyPassword(inBlue, holder as never, 'a password'))();
    await expect(verified).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '' });
  });

  let user: UserInfo;
  beforeEach(async () => {
    user = await test.users.create(inBlue, spec(blue, { username: 'Alice', email: 'Alice@example.com' }));
  });

  it('gives the user whose password it is, by id, address or name', async () => {
    for (const holder of [{ id: user.id }, { email: 'alice@EXAMPLE.com' }, { username: 'aLICE' }]) {
      expect(await test.users.verifyPassword(inBlue, holder, PLAIN)).toEqual(user);
    }
  });

  it('gives null for another password, another domain, nobody, and what cannot be a password', async () => {
    const { id } = user;
    for (const [scope, holder, plain] of [
      [inBlue, { id }, `${PLAIN}!`],
      [inBlue, { id }, ''],
      [inBlue, { id }, PHC],
      [inBlue, { id }, 'a'.repeat(2_000)],
      [inBlue, { id }, null],
      [inRed, { id }, PLAIN],
      [inBlue, { id: nobody }, PLAIN],
      [inBlue, { email: 'nobody@example.com' }, PLAIN],
      [inBlue, { email: '%' }, PLAIN],
    ] as const) {
      expect(await test.users.verifyPassword(scope, holder, plain as string)).toBeNull();
    }
  });

  it('asks the same of the database, whether there is such a user or not', async () => {
    const asked: string[] = [];
    const database = new Database(test.dataSource, { slowOperationMs: 0, tellOperations: true });
    const { repository } = UserRepositories.create({ database });
    const stop = observeOperations((event) => {
      if (event.kind === 'executed') asked.push(`${event.operation} ${event.entity} ${event.statements}`);
    });
    const ask = async (holder: PasswordHolder, plain: string): Promise<string> => {
      asked.length = 0;
      await repository.verifyPassword(inBlue, holder, plain);
      return asked.join();
    };
    try {
      // Its hash was taken over, and is made anew the first time.
      await ask({ email: user.email }, PLAIN);
      const known = await ask({ email: user.email }, PLAIN);

      expect(known).not.toBe('');
      expect(await ask({ email: user.email }, 'another password')).toBe(known);
      expect(await ask({ email: 'nobody@example.com' }, PLAIN)).toBe(known);
      expect(await ask({ id: nobody }, '')).toBe(known);
    } finally {
      stop();
    }
  });

  it('knows nobody who is deleted, not active, or has no password', async () => {
    const without = await test.users.create(inBlue, spec(blue, { password: null }));
    const unproven = await test.users.create(inBlue, spec(blue, { status: 'before-verification' }));
    const verify = (id: UserInfo['id']): Promise<UserInfo | null> =>
      test.users.verifyPassword(inBlue, { id }, PLAIN, { includeDeleted: true });

    expect(await verify(without.id)).toBeNull();
    expect(await verify(unproven.id)).toBeNull();
    await test.users.updateStatus(inBlue, user.id, 'inactive');
    expect(await verify(user.id)).toBeNull();
    await test.users.updateStatus(inBlue, user.id, 'active');
    await test.users.delete(inBlue, user.id);
    expect(await verify(user.id)).toBeNull();
    await test.users.restore(inBlue, user.id);
    expect(await verify(user.id)).toMatchObject({ id: user.id });
  });

  it('asks as much of the database, and works as long, where it knows nobody as where it does', async () => {
    const without = await test.users.create(inBlue, spec(blue, { password: null }));
    const idle = await test.users.create(inBlue, spec(blue, { status: 'inactive' }));
    for (const { id } of [user, idle]) await test.users.changePassword(inBlue, id, await hashPassword(PLAIN));
    const [statements, times] = [new Map<string, number>(), new Map<string, number>()];
    const database = new Database(test.dataSource, { tellOperations: true });
    const { repository } = UserRepositories.create({ database });
    const verify = async (id: UserInfo['id'], plain: string): Promise<void> => {
      let told = 0;
      const stop = observeOperations(({ kind }) => void (told += Number(kind === 'executed')));
      const begin = performance.now();
      await repository.verifyPassword(inBlue, { id }, plain);
      stop();
      const key = `${id} ${plain.length}`;
      times.set(key, Math.min(times.get(key) ?? Infinity, performance.now() - begin));
      statements.set(key, told);
    };
    for (let i = 0; i < 5; i++) {
      for (const id of [user.id, nobody, without.id, idle.id]) await verify(id, `${PLAIN}!`);
      await verify(user.id, 'a'.repeat(2_000));
    }

    // Hashing takes more than ten times as long as all the rest: what leaves it out is far below.
    const known = times.get(`${user.id} ${PLAIN.length + 1}`)!;
    for (const time of times.values()) expect(time).toBeGreaterThan(known / 5);
    expect(new Set(statements.values())).toEqual(new Set([2]));
  });

  it('does not mind how characters are composed', async () => {
    const composed = await hashPassword('pässwörter sind lang');
    await test.users.changePassword(inBlue, user.id, composed);

    const typed = 'pässwörter sind lang'.normalize('NFD');
    expect(await test.users.verifyPassword(inBlue, { id: user.id }, typed)).toMatchObject({ id: user.id });
  });

  it('knows a hash that was taken over by the text that it was made of, composed as it may be', async () => {
    const plain = 'wait… for ½ of it';
    const foreign = PasswordHash.fromPhc(await hash(plain, { memoryCost: 64, timeCost: 1, parallelism: 1 }));
    await test.users.changePassword(inBlue, user.id, foreign);

    expect(await test.users.verifyPassword(inBlue, { id: user.id }, plain)).toMatchObject({ id: user.id });
    expect(await test.users.verifyPassword(inBlue, { id: user.id }, `${plain}…`)).toBeNull();
  });

  it('asks for one domain where several know the address', async () => {
    await test.users.create(inRed, spec(red, { email: 'alice@example.com' }));

    const failure = test.users.verifyPassword(unscoped('a test'), { email: 'alice@example.com' }, PLAIN);
    await expect(failure).rejects.toBeInstanceOf(AmbiguousUser);
  });

  it.each([{}, { id: nobody, email: 'a@example.com' }])('refuses a holder like %j', async (holder) => {
    const failure = Promise.resolve().then(() => test.users.verifyPassword(inBlue, holder as never, PLAIN));

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE' });
  });
});

describe('a hash that was taken over', () => {
  const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1 };
  const stored = async (id: UserInfo['id']): Promise<string> =>
    (await test.dataSource.query<[{ hash: string }]>('SELECT hash FROM user_passwords WHERE user_id = $1', [id]))[0]
      .hash;
  /** A user whose password is that, hashed so. */
  const userOf = async (plain: string, options: Parameters<typeof hash>[1] = cheap): Promise<UserInfo> =>
    test.users.create(inBlue, spec(blue, { password: PasswordHash.fromPhc(await hash(plain, options)) }));

  it('is made anew once its password is right, if it is weaker, and the user stays as it is', async () => {
    const user = await userOf(PLAIN);
    const before = await stored(user.id);

    expect(await test.users.verifyPassword(inBlue, { id: user.id }, `${PLAIN}!`)).toBeNull();
    expect(await stored(user.id)).toBe(before);
    expect(await test.users.verifyPassword(inBlue, { id: user.id }, PLAIN)).toEqual(user);
    const renewed = await stored(user.id);
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await test.users.verifyPassword(inBlue, { id: user.id }, PLAIN)).toEqual(user);
    expect(await stored(user.id)).toBe(renewed);
  });

  it.each([
    ['of little memory, however many rounds', { memoryCost: 2_048, timeCost: 40, parallelism: 1 }, true],
    ['of a short salt', { memoryCost: 19_456, timeCost: 2, salt: Buffer.alloc(8, 'salt') }, true],
    ['that costs less in all', { memoryCost: 19_456, timeCost: 1 }, true],
    ['that costs as much in more rounds', { memoryCost: 8_192, timeCost: 5 }, false],
    ['that costs more', { memoryCost: 65_536, timeCost: 1, parallelism: 4 }, false],
  ])('and is one %s, is judged by that', async (_what, options, isRenewed) => {
    const user = await userOf(PLAIN, options);
    const before = await stored(user.id);

    expect(await test.users.verifyPassword(inBlue, { id: user.id }, PLAIN)).toEqual(user);
    expect((await stored(user.id)) !== before).toBe(isRenewed);
  });

  it('is made anew of a password that is too short here, and of one that was not composed', async () => {
    for (const plain of ['short', 'wait… for ½ of it']) {
      const { id } = await userOf(plain);
      const before = await stored(id);

      for (let i = 0; i < 2; i++) {
        expect(await test.users.verifyPassword(inBlue, { id }, plain)).toMatchObject({ id });
        expect(await stored(id)).not.toBe(before);
      }
    }
  });

  it('is left alone where nothing is written, and is part of what is', async () => {
    const { id } = await userOf(PLAIN);
    const before = await stored(id);
    const verify = (users: typeof test.users) => users.verifyPassword(inBlue, { id }, PLAIN);

    await test.database.beginReadonlySession(async (dbSession) => {
      expect(await verify(test.users.within(dbSession))).toMatchObject({ id });
    });
    const undone = test.database.beginSession(async (dbSession) => {
      expect(await verify(test.users.within(dbSession))).toMatchObject({ id });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await stored(id)).toBe(before);
  });

  it('is no reason to send anybody away where it cannot be made anew', async () => {
    const { id } = await userOf(PLAIN);
    await test.dataSource.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON user_passwords FOR EACH ROW EXECUTE FUNCTION refuse()`);
    try {
      expect(await test.users.verifyPassword(inBlue, { id }, PLAIN)).toMatchObject({ id });
    } finally {
      await test.dataSource.query('DROP FUNCTION refuse CASCADE');
    }
  });

  it('never comes in place of a password that was changed meanwhile', async () => {
    const other = await hashPassword('another password');
    const seen = new Set<string>();
    for (let round = 0; round < 10; round++) {
      const { id } = await userOf(PLAIN);
      const verify = () => test.users.verifyPassword(inBlue, { id }, PLAIN);
      const change = () => test.users.changePassword(inBlue, id, other);
      // Once it has read the hash, it takes its time to make another.
      const verifying = round % 2 === 0 ? verify() : change().then(verify);
      const [verified] = await Promise.all([verifying, round % 2 === 0 ? change() : verifying]);

      expect(await stored(id)).toBe(phcOf(other));
      seen.add(verified === null ? 'refused' : 'verified');
    }
    expect([...seen].sort()).toEqual(['refused', 'verified']);
  });
});

describe('changePassword', () => {
  it('puts another in place of the one that was, notes when, and ends the need for it', async () => {
    const { id } = await test.users.create(inBlue, spec(blue, { needPasswordChange: true }));

    const changed = await test.users.changePassword(inBlue, id, await hashPassword('another password'));

    expect(changed).toMatchObject({ needPasswordChange: false, passwordChangedAt: changed.modifiedAt });
    expect(await test.users.verifyPassword(inBlue, { id }, PLAIN)).toBeNull();
    expect(await test.users.verifyPassword(inBlue, { id }, 'another password')).toEqual(changed);
  });

  it('gives one to a user who had none', async () => {
    const { id } = await test.users.create(inBlue, spec(blue, { password: null }));

    await test.users.changePassword(inBlue, id, password);

    expect(await test.users.verifyPassword(inBlue, { id }, PLAIN)).toMatchObject({ id });
  });

  it('touches nobody outside of the scope, nobody deleted, and takes no password in plain', async () => {
    const { id } = await test.users.create(inBlue, spec(blue));
    const gone = await test.users.create(inBlue, spec(blue));
    await test.users.delete(inBlue, gone.id);
    const before = await test.rows();
    const other = await hashPassword('another password');

    await expect(test.users.changePassword(inRed, id, other)).rejects.toBeInstanceOf(UserNotFound);
    await expect(test.users.changePassword(inBlue, gone.id, other)).rejects.toBeInstanceOf(UserNotFound);
    await expect(
      Promise.resolve().then(() => test.users.changePassword(inBlue, id, 'another password' as never)),
    ).rejects.toMatchObject({ pointer: '/password' });
    expect(await test.rows()).toEqual(before);
  });

  it('stores nothing but argon2id, whoever writes it', async () => {
    const { id } = await test.users.create(inBlue, spec(blue));

    for (const hash of [PLAIN, '$2b$12$abcdefghijklmnopqrstuv', PHC.replace('argon2id', 'argon2d'), `${PHC}\n`]) {
      const written = test.dataSource.query('UPDATE user_passwords SET hash = $2 WHERE user_id = $1', [id, hash]);
      await expect(written).rejects.toMatchObject({ driverError: { constraint: 'user_passwords_hash_check' } });
    }
  });
});
