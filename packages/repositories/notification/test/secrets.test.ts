import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { newId, OperationAlreadyDone, operationKey, OperationKeyReused } from '@holdfast/base';
import { Misuse } from '@holdfast/errors';
import { observeOperations } from '@holdfast/operation';
import { batchQuerier, order } from '@holdfast/querier';
import { SecretKeys, SecretUnreadable } from '@holdfast/secrets';
import { raced } from '@holdfast/testing';
import {
  notificationChannelId,
  NotificationChannelNotFound,
  type NotificationChannelRow,
  NotificationRepositories,
} from '../src/index.js';
import { type NotificationDatabase, notificationDatabase } from './fixture/notification-database.js';
import { email, inNorth, inSouth, keys, newKey, webhook } from './fixture/notifications.js';

let test: NotificationDatabase;
beforeAll(async () => void (test = await notificationDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

const token = 'Bearer do-not-tell-anybody-1';
const signing = 'do-not-tell-anybody-2';
const password = 'do-not-tell-anybody-3';
const secrets = { headers: { Authorization: token }, signingSecret: signing };
const of = (secretKeys: SecretKeys) =>
  NotificationRepositories.create({ database: test.database, secrets: secretKeys }).channelRepository;
const told = (value: unknown): string =>
  inspect(value, { depth: 12, showHidden: true }) + (JSON.stringify(value) ?? '');

describe('secrets', () => {
  it('are told to dispatchers alone, as they were given', async () => {
    const { id } = await test.channels.create(inNorth, webhook({ secrets }));
    const mail = await test.channels.create(inNorth, email({ secrets: { smtpPassword: password } }));

    const dispatch = await test.channels.getChannelForDispatch(inNorth, id);
    expect(dispatch.channel).toEqual(await test.channels.get(inNorth, id));
    expect(dispatch.secrets.headers).toEqual({ Authorization: token });
    expect(dispatch.secrets.signingSecret).toBe(signing);
    expect(dispatch.secrets.smtpPassword).toBeNull();
    const ofMail = (await test.channels.getChannelForDispatch(inNorth, mail.id)).secrets;
    expect([ofMail.smtpPassword, ofMail.headers]).toEqual([password, {}]);
  });

  it('are nowhere else: not in rows, results, events, errors or what is printed', async () => {
    const heard: string[] = [];
    const stop = observeOperations((event) => heard.push(told(event)));
    const outcomes: unknown[] = [];
    const note = async (work: Promise<unknown>): Promise<void> =>
      void outcomes.push(await work.catch((error: unknown) => error));
    const spec = webhook({ secrets });
    const mail = email({ secrets: { smtpPassword: password } });
    await note(test.channels.create(inNorth, spec));
    await note(test.channels.create(inNorth, spec));
    await note(test.channels.bulkCreate(inNorth, [mail, webhook({ secrets: { smtpPassword: password } })]));
    await note(test.channels.create(inNorth, mail));
    const [first, second] = await test.channelRows();
    const ids = [first!['id'], second!['id']].map((id) => notificationChannelId(id as string));
    for (const id of ids) {
      await note(test.channels.update(inNorth, id, { secrets: { ...secrets, smtpPassword: password } }));
      await note(test.channels.update(inNorth, id, { secrets: { headers: { 'a b': token } } }));
      await note(test.channels.update(inNorth, id, { secrets: { headers: { a: `${token}\n` } } }));
      await note(test.channels.update(inNorth, id, { secrets: { headers: { [token]: 'a' } } }));
      await note(test.channels.update(inNorth, id, { secrets: { [password]: password } as never }));
      await note(test.channels.batchUpdate(inNorth, [id], { secrets: { signingSecret: signing } }));
      await note(test.channels.getChannelForDispatch(inNorth, id));
      await note(of(new SecretKeys([newKey('k1')])).getChannelForDispatch(inNorth, id));
      await note(of(new SecretKeys([newKey('k2')])).getChannelForDispatch(inNorth, id));
      await note(test.channels.delete(inNorth, id));
      await note(test.channels.restore(inNorth, id));
    }
    await note(test.channels.search(inNorth, batchQuerier({ pagination: { limit: 9, offset: 0 } })));
    await note(test.channels.loadMany(inNorth, ids));
    const stored = await test.dataSource.query<{ line: string }[]>(
      `SELECT c::text || coalesce(s::text, '') AS line FROM notification_channels c
       LEFT JOIN notification_channel_secrets s ON s.channel_id = c.id`,
    );
    stop();

    expect(outcomes.filter((one) => one instanceof Error).length).toBeGreaterThan(10);
    for (const text of [...outcomes.map(told), ...heard, ...stored.map(({ line }) => line)]) {
      expect(text).not.toContain('do-not-tell');
    }
    expect(heard).not.toHaveLength(0);
    expect(stored).toHaveLength(2);
    expect(stored.map(({ line }) => line).join()).toContain('v1.k1.');
  });

  it('are changed one by one: what is absent stays, null removes', async () => {
    const { id } = await test.channels.create(inNorth, webhook({ secrets }));

    const changed = await test.channels.update(inNorth, id, { secrets: { signingSecret: null }, enabled: false });
    expect(changed.secrets).toEqual({ headers: true, signingSecret: false, smtpPassword: false });
    expect(changed.enabled).toBe(false);
    await test.channels.update(inNorth, id, { config: { url: 'https://example.org/other' } });
    await test.channels.update(inNorth, id, { secrets: { signingSecret: 'another secret of it' } });
    const { secrets: now } = await test.channels.getChannelForDispatch(inNorth, id);
    expect([now.headers, now.signingSecret]).toEqual([{ Authorization: token }, 'another secret of it']);
  });

  it('of another tenant, or of a deleted channel, are not there', async () => {
    const { id } = await test.channels.create(inNorth, webhook({ secrets }));

    await expect(test.channels.getChannelForDispatch(inSouth, id)).rejects.toBeInstanceOf(NotificationChannelNotFound);
    await test.channels.delete(inNorth, id);
    await expect(test.channels.getChannelForDispatch(inNorth, id)).rejects.toBeInstanceOf(NotificationChannelNotFound);
  });

  it('cannot be read with wrong or missing keys, and are there again with the right ones', async () => {
    const { id } = await test.channels.create(inNorth, webhook({ secrets }));
    const before = await test.channelRows();

    for (const [wrong, reason] of [
      [newKey('k1'), 'not-authentic'],
      [newKey('k2'), 'unknown-key'],
    ] as const) {
      const failure: unknown = await of(new SecretKeys([wrong]))
        .getChannelForDispatch(inNorth, id)
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(SecretUnreadable);
      expect(failure).toMatchObject({ code: 'secret_read_mismatch', httpStatus: 500, reason });
      expect((await of(new SecretKeys([wrong])).get(inNorth, id)).secrets.headers).toBe(true);
    }
    expect(() => NotificationRepositories.create({ database: test.database } as never)).toThrow(Misuse);
    expect(await test.channelRows()).toEqual(before);
    expect((await of(keys).getChannelForDispatch(inNorth, id)).secrets.signingSecret).toBe(signing);
  });

  it('that were copied to another channel, or to another place of the same, are not taken for its own', async () => {
    const one = await test.channels.create(inNorth, webhook({ secrets }));
    const other = await test.channels.create(inSouth, webhook());
    await test.dataSource.query(
      `INSERT INTO notification_channel_secrets
       SELECT $2, NULL, signing_secret FROM notification_channel_secrets WHERE channel_id = $1`,
      [one.id, other.id],
    );
    await test.dataSource.query(
      'UPDATE notification_channel_secrets SET signing_secret = headers WHERE channel_id = $1',
      [one.id],
    );

    for (const [scope, { id }] of [
      [inNorth, one],
      [inSouth, other],
    ] as const) {
      await expect(test.channels.getChannelForDispatch(scope, id)).rejects.toMatchObject({ reason: 'not-authentic' });
    }
  });

  it('are stored once when a write is repeated under its operation key, which is bound to them', async () => {
    const id = notificationChannelId(newId());
    const spec = webhook({ id, secrets });
    const create = operationKey('create once');
    await test.channels.create(inNorth, spec, { operationKey: create });
    await expect(test.channels.create(inNorth, spec, { operationKey: create })).rejects.toBeInstanceOf(
      OperationAlreadyDone,
    );
    const other = { ...spec, secrets: { ...secrets, signingSecret: 'another secret of it' } };
    await expect(test.channels.create(inNorth, other, { operationKey: create })).rejects.toBeInstanceOf(
      OperationKeyReused,
    );
    await expect(
      test.channels.create(inNorth, webhook({ secrets }), { operationKey: operationKey('without an id') }),
    ).rejects.toMatchObject({ reason: 'MISSING_VALUE', pointer: '/id' });

    const update = (signingSecret: string) =>
      test.channels.update(inNorth, id, { secrets: { signingSecret } }, { operationKey: operationKey('update once') });
    await update('another secret of it');
    await test.channels.update(inNorth, id, { secrets: { signingSecret: null } });
    await expect(update('another secret of it')).rejects.toBeInstanceOf(OperationAlreadyDone);
    await expect(update('a third secret of it')).rejects.toBeInstanceOf(OperationKeyReused);
    expect((await test.channels.get(inNorth, id)).secrets.signingSecret).toBe(false);
    expect(await test.channelRows()).toHaveLength(1);
  });

  it('go with their channel, and are stored with it or not at all', async () => {
    const specs = [
      webhook({ secrets }),
      webhook(),
      email({ secrets: { signingSecret: signing } }),
      webhook({ secrets }),
    ];
    await expect(test.channels.bulkCreate(inNorth, specs)).rejects.toMatchObject({ pointer: '/secrets' });
    expect([await test.channelRows(), await test.secretRows()]).toEqual([[], []]);
    const { successes } = await test.channels.bulkCreatePartial(inNorth, specs);

    expect(successes.map(({ name }) => name)).toEqual([specs[0]!.name, specs[1]!.name, specs[3]!.name]);
    for (const [i, given] of [secrets, {}, secrets].entries()) {
      const dispatch = await test.channels.getChannelForDispatch(inNorth, successes[i]!.id);
      expect({ ...dispatch.secrets.headers }).toEqual(given === secrets ? secrets.headers : {});
      expect(dispatch.channel.secrets.signingSecret).toBe(given === secrets);
    }
    expect(await test.secretRows()).toHaveLength(2);
    await test.channels.purge(inNorth, successes[0]!.id);
    await test.channels.batchPurge(inNorth, [successes[2]!.id]);
    expect(await test.secretRows()).toEqual([]);
  });

  it('of two channels of one id that are created at once are those of the one that is made', async () => {
    const id = notificationChannelId(newId());
    const other = webhook({ id, secrets: { signingSecret: 'the secret of nobody' } });

    const { failures } = await test.channels.bulkCreatePartial(inNorth, [webhook({ id, secrets }), other]);

    expect(failures).toMatchObject([{ index: 1 }]);
    const { secrets: stored } = await test.channels.getChannelForDispatch(inNorth, id);
    expect([stored.signingSecret, stored.headers]).toEqual([signing, { Authorization: token }]);
  });

  it('are those of their channel however its id is spelt', async () => {
    const id = notificationChannelId(newId());
    const spelt = id.toUpperCase() as typeof id;

    await test.channels.create(inNorth, webhook({ id: spelt, secrets }));
    expect((await test.channels.getChannelForDispatch(inNorth, id)).secrets.signingSecret).toBe(signing);
    await test.channels.update(inNorth, spelt, { secrets: { signingSecret: 'another secret of it' } });
    expect((await test.channels.getChannelForDispatch(inNorth, spelt)).secrets.signingSecret).toBe(
      'another secret of it',
    );
    for (const bad of [`{${id}}`, id.replaceAll('-', ''), '']) {
      const refused = { name: 'InvalidInput', pointer: '/id' };
      await expect(test.channels.create(inNorth, webhook({ id: bad as never, secrets }))).rejects.toMatchObject(
        refused,
      );
      await expect(test.channels.update(inNorth, bad as never, { secrets })).rejects.toMatchObject(refused);
    }
  });

  it('are no part of what channels are searched, counted and ordered by, got around the compiler', async () => {
    await test.channels.create(inNorth, webhook({ secrets }));

    for (const column of ['headers', 'signingSecret', 'smtpPassword']) {
      const condition = { [column]: { isNull: false } } as never;
      await expect(test.channels.count(inNorth, condition)).rejects.toMatchObject({ httpStatus: 400 });
      const orders = [order<NotificationChannelRow>(column as never)];
      const querier = batchQuerier<NotificationChannelRow>({ orders, pagination: { limit: 9, offset: 0 } });
      await expect(test.channels.search(inNorth, querier)).rejects.toMatchObject({ httpStatus: 400 });
      const byCondition = batchQuerier<NotificationChannelRow>({
        conditions: [condition],
        pagination: { limit: 9, offset: 0 },
      });
      await expect(test.channels.search(inNorth, byCondition)).rejects.toMatchObject({ httpStatus: 400 });
    }
  });

  it('of one channel that are changed at once are those of one of the changes, and say so', async () => {
    const { id } = await test.channels.create(inNorth, webhook());
    for (let round = 0; round < 30; round++) {
      const change = (value: string | null) => () =>
        test.channels.update(inNorth, id, { secrets: { signingSecret: value } });
      const outcomes = await raced(round, [change(signing), change(null)]);

      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      const { channel, secrets: now } = await test.channels.getChannelForDispatch(inNorth, id);
      expect(channel.secrets.signingSecret).toBe(now.signingSecret !== null);
    }
  });
});
