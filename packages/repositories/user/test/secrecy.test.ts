import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, operationKey } from '@holdfast/base';
import { observeOperations } from '@holdfast/operation';
import { batchQuerier, order, unscoped, where } from '@holdfast/querier';
import { SecretKeys } from '@holdfast/secrets';
import {
  KeypairRepositories,
  keypairFields,
  keypairUserScope,
  userFields,
  UserRepositories,
  type UserRow,
} from '../src/index.js';
import { sealingKey, type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, password, PHC, PLAIN, spec } from './fixture/users.js';

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

/** All that can be seen of a value: whatever prints it, and whatever sends it, causes and hidden properties included. */
function seenOf(value: unknown): string {
  const errors: unknown[] = [];
  for (let one = value; one instanceof Error; one = one.cause) errors.push(one.stack, { ...one });
  return [
    inspect(value, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null }),
    inspect(errors, { depth: 20, showHidden: true, maxStringLength: null }),
    JSON.stringify(value) ?? '',
  ].join('\n');
}

/** Parts of a hash and the password itself; a database cuts long values off, so that the first of them tell too. */
const secrets = [PHC, PHC.slice(0, 20), PHC.slice(-20), PLAIN];

/** Runs calls on a Database that tells of everything, and returns what was seen of them. */
async function watched(work: (database: Database) => readonly (() => Promise<unknown>)[]): Promise<string> {
  const seen: string[] = [];
  const stop = observeOperations((event) => void seen.push(seenOf(event)));
  const written: string[] = [];
  const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => {
    const own = console[name];
    console[name] = (...args: unknown[]) => void written.push(seenOf(args));
    return () => void (console[name] = own);
  });
  try {
    const database = new Database(test.dataSource, { slowOperationMs: 0, tellOperations: true });
    for (const call of work(database)) seen.push(seenOf(await call().catch((e: unknown) => e)));
  } finally {
    stop();
    consoles.forEach((restore) => restore());
  }
  return [...seen, ...written].join('\n');
}

describe('the hash of a password', () => {
  it('is in no result, error, event or log, whatever is done', async () => {
    const first = await test.users.create(inBlue, spec(blue, { email: 'first@example.com' }));
    const unbroken = { id: first.id };

    const seen = await watched((database) => {
      const { repository } = UserRepositories.create({ database });
      const all = batchQuerier<UserRow>({ pagination: { noPagination: true }, total: 'exact' });
      const within = () =>
        database.beginSession(async (dbSession) => {
          await repository.within(dbSession).create(inBlue, spec(blue));
          throw new Error('changed my mind');
        });
      return [
        () => repository.create(inBlue, spec(blue)),
        () => repository.create(inBlue, spec(blue, { email: 'FIRST@example.com' })),
        () => repository.create(unscoped('a test'), { ...spec(blue), domainName: undefined as never }),
        () => repository.create(inBlue, spec(blue, { description: 'a\0b' })),
        () => repository.create(inBlue, spec(blue), { commit: 'one-trip' }),
        () => repository.create(inBlue, spec(blue), { signal: AbortSignal.abort() }),
        () => repository.create(inBlue, spec(blue, { password: PLAIN as never })),
        () => repository.create(inBlue, spec(blue, { password: { hash: PHC } as never })),
        () => repository.bulkCreate(inBlue, [spec(blue), spec(blue)]),
        () => repository.bulkCreate(inBlue, [spec(blue), spec(blue, { email: 'first@example.com' })]),
        () => repository.bulkCreatePartial(inBlue, [spec(blue), spec(blue, { email: 'first@example.com' })]),
        () => repository.create(inBlue, spec(blue), { operationKey: operationKey('a key') }),
        () => repository.verifyPassword(inBlue, unbroken, PLAIN),
        () => repository.verifyPassword(inBlue, unbroken, `${PLAIN}!`),
        () => repository.changePassword(inBlue, first.id, password),
        () => repository.changePassword(inBlue, first.id, PHC as never),
        () => repository.search(inBlue, all),
        () => repository.update(inBlue, first.id, { password: PHC } as never),
        () => repository.delete(inBlue, first.id),
        () => repository.purge(inBlue, first.id),
        within,
      ];
    });

    for (const secret of secrets) expect(seen.includes(secret)).toBe(false);
    expect(seen).toContain('slow');
  });

  it('cannot be asked for by condition, order, cursor, batch or request, got around the compiler', async () => {
    const { id } = await test.users.create(inBlue, spec(blue));
    const pagination = { first: 1 } as const;

    for (const name of ['password', 'hash', 'passwordHash', 'passwords']) {
      const condition = { [name]: { startsWith: '$argon2id' } } as never;
      const unknown = expect.objectContaining({ reason: expect.stringMatching(/^(UNKNOWN_FIELD|INVALID_ORDER)$/) });
      const asked: readonly (() => Promise<unknown>)[] = [
        () => test.users.search(inBlue, batchQuerier<UserRow>({ conditions: [condition], pagination })),
        () => test.users.search(inBlue, batchQuerier<UserRow>({ orders: [order<UserRow>(name as never)], pagination })),
        () => test.users.count(inBlue, condition),
        () => test.users.batchUpdate(inBlue, condition, { description: 'found' }),
        () => test.users.batchDelete(inBlue, condition),
        () => test.users.update(inBlue, id, { [name]: PHC } as never),
      ];
      for (const ask of asked) await expect(Promise.resolve().then(ask)).rejects.toEqual(unknown);
      for (const fields of [userFields, keypairFields]) {
        expect(() => fields.parseSearch(new URLSearchParams(`filter[${name}][startsWith]=x`))).toThrow(
          unknown as never,
        );
        expect(() => fields.parseSearch(new URLSearchParams(`order=${name}`))).toThrow(unknown as never);
      }
    }
  });

  it('is in no row of users that TypeORM reads', async () => {
    await test.users.create(inBlue, spec(blue));

    expect(
      seenOf(await test.dataSource.getRepository('User').find({ where: where<UserRow>({}) as never })),
    ).not.toContain('argon2');
  });
});

describe('the secret of a key pair', () => {
  it('is told by reveal() alone, and is in no event, error, log or column', async () => {
    const user = await test.users.create(inBlue, spec(blue));
    const scope = keypairUserScope(user.id);
    const told: string[] = [];

    const seen = await watched((database) => {
      const { repository } = KeypairRepositories.create({
        database,
        secrets: new SecretKeys([sealingKey('one')]),
      });
      const other = KeypairRepositories.create({
        database,
        secrets: new SecretKeys([sealingKey('two')]),
      }).repository;
      const keep = async (made: ReturnType<typeof repository.createKeypair>): Promise<unknown> => {
        told.push((await made).secretKey.reveal());
        return made;
      };
      const newest = async () =>
        (await repository.search(scope, batchQuerier({ pagination: { limit: 1, offset: 0 } }))).items[0]!;
      return [
        () => keep(repository.createKeypair(inBlue, user.id)),
        async () => keep(repository.rotateKeypair(scope, (await newest()).accessKey)),
        async () => repository.search(scope, batchQuerier({ pagination: { noPagination: true } })),
        async () => {
          const { items } = await repository.search(scope, batchQuerier({ pagination: { noPagination: true } }));
          return Promise.all(items.map(({ accessKey }) => repository.findSigningKey(scope, accessKey)));
        },
        async () => {
          const { items } = await repository.search(scope, batchQuerier({ pagination: { noPagination: true } }));
          return Promise.all(items.map(({ accessKey }) => other.findSigningKey(scope, accessKey)));
        },
      ];
    });
    const stored = JSON.stringify(await test.dataSource.query('SELECT * FROM keypair_secrets, keypairs'));

    expect(told).toHaveLength(2);
    for (const secret of told) {
      expect(seen.includes(secret)).toBe(false);
      expect(stored.includes(secret)).toBe(false);
    }
    expect(seen).toContain('SecretUnreadable');
    expect(seen).not.toContain('v1.');
  });
});
