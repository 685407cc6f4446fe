import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccessKey } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { SecretKeys, SecretUnreadable } from '@holdfast/secrets';
import {
  keypairDomainScope,
  KeypairRepositories,
  type KeypairRepository,
  type KeypairWithSecret,
} from '../src/index.js';
import { sealingKey, type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/users.js';

const rotation = unscoped('keys are rotated');
const authentication = unscoped('a request is authenticated');

let test: UserDatabase;
let made: readonly KeypairWithSecret[];
const of = (...names: readonly [string, ...string[]]): KeypairRepository =>
  KeypairRepositories.create({
    database: test.database,
    secrets: new SecretKeys(names.map(sealingKey) as [ReturnType<typeof sealingKey>]),
  }).repository;
const sealed = async (): Promise<readonly string[]> =>
  (await test.dataSource.query<{ sealed: string }[]>('SELECT sealed FROM keypair_secrets ORDER BY access_key')).map(
    (row) => row.sealed,
  );
const underKey = async (name: string): Promise<number> =>
  (await sealed()).filter((text) => text.startsWith(`v1.${name}.`)).length;

beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.empty();
  const [ada, bob] = [await test.users.create(inBlue, spec(blue)), await test.users.create(inRed, spec(red))];
  const makes = [1, 2, 3, 4].map(() => test.keypairs.createKeypair(inBlue, ada.id));
  made = await Promise.all([...makes, test.keypairs.createKeypair(inRed, bob.id)]);
});

/** All batches, one after the other. */
async function rotate(keypairs: KeypairRepository, batchSize: number): Promise<readonly number[]> {
  const counts: number[] = [];
  let after: AccessKey | null = null;
  do {
    const batch: Awaited<ReturnType<KeypairRepository['resealSecrets']>> = await keypairs.resealSecrets(rotation, {
      after,
      batchSize,
    });
    counts.push(batch.resealed);
    after = batch.next;
  } while (after !== null);
  return counts;
}

describe('resealSecrets', () => {
  it('brings all secrets under the newest key, batch by batch, so that the older one can go', async () => {
    const before = await test.keypairs.get(rotation, made[0]!.keypair.accessKey);

    expect(await rotate(of('two', 'one'), 2)).toEqual([2, 2, 1]);

    expect(await underKey('two')).toBe(5);
    for (const { keypair, secretKey } of made) {
      const found = await of('two').findSigningKey(authentication, keypair.accessKey);
      expect(found!.secretKey.reveal()).toBe(secretKey.reveal());
    }
    expect(await test.keypairs.get(rotation, before.accessKey)).toEqual(before);
  });

  it('goes on where it was broken off, and does nothing twice', async () => {
    const rotated = of('two', 'one');
    const first = await rotated.resealSecrets(rotation, { batchSize: 3 });
    const stored = await sealed();

    expect(first).toMatchObject({ resealed: 3, unreadable: [], next: expect.any(String) });
    // From the beginning, as if nobody knew where it was.
    expect(await rotated.resealSecrets(rotation)).toEqual({ resealed: 2, unreadable: [], next: null });
    expect((await sealed()).filter((text) => stored.includes(text))).toHaveLength(3);
    expect(await rotated.resealSecrets(rotation)).toEqual({ resealed: 0, unreadable: [], next: null });
  });

  it('tells of secrets that it cannot open, leaves them, and gets on', async () => {
    const [broken] = made.map(({ keypair }) => keypair.accessKey).sort();
    const moved = `UPDATE keypair_secrets SET sealed = (SELECT max(sealed) FROM keypair_secrets WHERE access_key <> $1) WHERE access_key = $1`;
    await test.dataSource.query(moved, [broken]);

    const first = await of('two', 'one').resealSecrets(rotation, { batchSize: 1 });
    expect(first).toMatchObject({ resealed: 0, unreadable: [{ id: broken, error: expect.any(SecretUnreadable) }] });
    const rest = await of('two', 'one').resealSecrets(rotation, { after: first.next });
    expect(rest).toEqual({ resealed: 4, unreadable: [], next: null });
    // Without the key that they need, none of them.
    expect(await of('three').resealSecrets(rotation)).toMatchObject({ resealed: 0, unreadable: made.map(() => ({})) });
    expect(await underKey('two')).toBe(4);
  });

  it('is done by several at once, each secret once, while keys are made and revoked', async () => {
    const rotated = of('two', 'one');
    const { accessKey } = made[0]!.keypair;
    const [, , { keypair }] = await Promise.all([
      rotate(rotated, 1),
      rotate(rotated, 2),
      test.keypairs.createKeypair(inBlue, made[1]!.keypair.userId),
      test.keypairs.revokeKeypair(rotation, accessKey),
    ]);
    await rotate(rotated, 500);

    expect(await underKey('two')).toBe(5);
    expect(await of('two').findSigningKey(authentication, keypair.accessKey)).not.toBeNull();
  });

  it('is refused in the scope of a tenant, and for a batch of nothing', async () => {
    for (const scope of [keypairDomainScope(blue), [keypairDomainScope(blue)]]) {
      await expect(test.keypairs.resealSecrets(scope as never)).rejects.toBeInstanceOf(Misuse);
    }
    for (const batchSize of [0, 1.5, 10_001]) {
      await expect(test.keypairs.resealSecrets(rotation, { batchSize })).rejects.toMatchObject({
        reason: 'INVALID_VALUE',
        pointer: '/batchSize',
      });
    }
  });
});
