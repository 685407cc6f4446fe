import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { SecretKeys, SecretUnreadable } from '@holdfast/secrets';
import { type NotificationChannelRepository, NotificationRepositories } from '../src/index.js';
import { type NotificationDatabase, notificationDatabase } from './fixture/notification-database.js';
import { email, inNorth, inSouth, newKey, webhook } from './fixture/notifications.js';

const rotation = unscoped('keys are rotated');
const [one, two] = [newKey('one'), newKey('two')];

let test: NotificationDatabase;
beforeAll(async () => void (test = await notificationDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

const of = (secrets: SecretKeys): NotificationChannelRepository =>
  NotificationRepositories.create({ database: test.database, secrets }).channelRepository;

describe('resealSecrets', () => {
  it('brings the secrets of all channels under the newest key, deleted ones too, and changes nothing else', async () => {
    const before = of(new SecretKeys([one]));
    const secrets = { headers: { Authorization: 'Bearer 1' }, signingSecret: 'sixteen characters or more' };
    const hook = await before.create(inNorth, webhook({ secrets }));
    const mail = await before.create(inSouth, email({ secrets: { smtpPassword: 'a password' } }));
    const plain = await before.create(inNorth, webhook());
    await before.delete(inSouth, mail.id);
    const rotated = of(new SecretKeys([two, one]));
    await rotated.update(inNorth, hook.id, { secrets: { signingSecret: 'another of sixteen or more' } });
    const known = await rotated.get(inNorth, hook.id);

    expect(await rotated.resealSecrets(rotation)).toEqual({ resealed: 2, unreadable: [], next: null });
    expect(await rotated.resealSecrets(rotation)).toEqual({ resealed: 0, unreadable: [], next: null });

    const after = of(new SecretKeys([two]));
    expect((await after.getChannelForDispatch(inNorth, hook.id)).secrets).toMatchObject({
      headers: { Authorization: 'Bearer 1' },
      signingSecret: 'another of sixteen or more',
      smtpPassword: null,
    });
    await after.restore(inSouth, mail.id);
    expect((await after.getChannelForDispatch(inSouth, mail.id)).secrets.smtpPassword).toBe('a password');
    expect(await after.getChannelForDispatch(inNorth, plain.id)).toMatchObject({ secrets: { headers: {} } });
    expect(await after.get(inNorth, hook.id)).toEqual(known);
  });

  it('seals anew what it can open of a channel, and tells of the rest', async () => {
    const secrets = { headers: { Authorization: 'Bearer 1' }, signingSecret: 'sixteen characters or more' };
    const { id } = await of(new SecretKeys([one])).create(inNorth, webhook({ secrets }));
    await test.dataSource.query('UPDATE notification_channel_secrets SET headers = signing_secret');

    const batch = await of(new SecretKeys([two, one])).resealSecrets(rotation, { batchSize: 1 });

    expect(batch).toMatchObject({ resealed: 1, unreadable: [{ id, error: expect.any(SecretUnreadable) }], next: id });
    const again = await of(new SecretKeys([two, one])).resealSecrets(rotation, { after: batch.next });
    expect(again).toEqual({ resealed: 0, unreadable: [], next: null });
  });
});
