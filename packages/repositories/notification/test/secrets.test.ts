import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { newId, operationKey, OperationKeyReused } from '@holdfast/base';
import { Misuse } from '@holdfast/errors';
import { observeOperations } from '@holdfast/operation';
import { batchQuerier } from '@holdfast/querier';
import { SecretKeys, SecretUnreadable } from '@holdfast/secrets';
import { notificationChannelId, NotificationChannelNotFound, NotificationRepositories } from '../src/index.js';
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
      'SELECT c::text AS line FROM notification_channels c',
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
      `UPDATE notification_channels SET signing_secret = (SELECT signing_secret FROM notification_channels WHERE id = $1)
       WHERE id = $2`,
      [one.id, other.id],
    );
    await test.dataSource.query('UPDATE notification_channels SET signing_secret = headers WHERE id = $1', [one.id]);

    for (const [scope, { id }] of [
      [inNorth, one],
      [inSouth, other],
    ] as const) {
      await expect(test.channels.getChannelForDispatch(scope, id)).rejects.toMatchObject({ reason: 'not-authentic' });
    }
  });

  it('are the same writing when a write is repeated under its operation key, and another when they are others', async () => {
    const id = notificationChannelId(newId());
    const spec = webhook({ id, secrets });
    const create = operationKey('create once');
    const made = await test.channels.create(inNorth, spec, { operationKey: create });
    expect(await test.channels.create(inNorth, spec, { operationKey: create })).toEqual(made);
    const other = { ...spec, secrets: { ...secrets, signingSecret: 'another secret of it' } };
    await expect(test.channels.create(inNorth, other, { operationKey: create })).rejects.toBeInstanceOf(
      OperationKeyReused,
    );
    await expect(
      test.channels.create(inNorth, webhook({ secrets }), { operationKey: operationKey('without an id') }),
    ).rejects.toMatchObject({ reason: 'MISSING_VALUE', pointer: '/id' });

    const update = () =>
      test.channels.update(
        inNorth,
        id,
        { secrets: { signingSecret: 'another secret of it' } },
        { operationKey: operationKey('update once') },
      );
    expect(await update()).toEqual(await update());
    await test.channels.update(inNorth, id, { secrets: { signingSecret: null } });
    await update();
    expect((await test.channels.get(inNorth, id)).secrets.signingSecret).toBe(false);
    expect(await test.channelRows()).toHaveLength(1);
  });
});
