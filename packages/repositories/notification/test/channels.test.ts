import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { domainName } from '@holdfast/domain-types';
import { everyRow } from '@holdfast/base';
import { unscoped } from '@holdfast/querier';
import { raced } from '@holdfast/testing';
import { isWebhookConfig, NotificationChannelAlreadyExists } from '../src/index.js';
import { type NotificationDatabase, notificationDatabase } from './fixture/notification-database.js';
import { email, inNorth, inSouth, north, someone, webhook } from './fixture/notifications.js';

let test: NotificationDatabase;
beforeAll(async () => void (test = await notificationDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

describe('notification channels', () => {
  it('are created in the domain of the scope, with all that was left out', async () => {
    const channel = await test.channels.create(inNorth, webhook({ name: 'ops', createdBy: someone }));

    expect(channel).toMatchObject({
      domainName: north,
      name: 'ops',
      description: null,
      type: 'webhook',
      config: {
        url: 'https://hooks.example.org/in',
        method: 'POST',
        contentType: 'application/json',
        timeoutMs: 30_000,
        successCodes: [200, 201, 202, 204],
      },
      secrets: { headers: false, signingSecret: false, smtpPassword: false },
      enabled: true,
      createdBy: someone,
      deletedAt: null,
    });
    expect(Object.isFrozen(channel.config) && Object.isFrozen(channel.secrets)).toBe(true);
    const mail = await test.channels.create(inNorth, email({ enabled: false }));
    expect(mail).toMatchObject({
      type: 'email',
      config: {
        smtp: { host: 'mail.example.org', port: 587, tls: true, timeoutMs: 30_000, username: null },
        from: 'holdfast@example.org',
        to: ['ops@example.org'],
        subjectTemplate: '[{{domainName}}] {{ruleName}}',
      },
      enabled: false,
    });
    expect([channel.config, mail.config].map(isWebhookConfig)).toEqual([true, false]);
  });

  it('need a domain, of the scope or of the spec', async () => {
    const everywhere = unscoped('a test');

    await expect(test.channels.create(everywhere, webhook())).rejects.toMatchObject({ reason: 'MISSING_VALUE' });
    expect((await test.channels.create(everywhere, webhook({ domainName: domainName('west') }))).domainName).toBe(
      'west',
    );
  });

  it('have names that are unique in their domain alone, until they are deleted', async () => {
    const { id } = await test.channels.create(inNorth, webhook({ name: 'ops' }));
    await test.channels.create(inSouth, webhook({ name: 'ops' }));
    await expect(test.channels.create(inNorth, email({ name: 'ops' }))).rejects.toBeInstanceOf(
      NotificationChannelAlreadyExists,
    );
    await test.channels.delete(inNorth, id);
    await test.channels.create(inNorth, email({ name: 'ops' }));

    await expect(test.channels.restore(inNorth, id)).rejects.toMatchObject({
      code: 'notification_create_already-exists',
      httpStatus: 409,
    });
  });

  it('of one name are created by one of those who try at the same time', async () => {
    const winners = new Set<number>();
    for (let round = 0; round < 50; round++) {
      const create = () => test.channels.create(inNorth, webhook({ name: `raced-${round}` }));
      const created = await raced(round, [create, create, create]);
      const failures = created.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(failures).toEqual(Array(2).fill(expect.any(NotificationChannelAlreadyExists)));
      winners.add(created.findIndex(({ status }) => status === 'fulfilled'));
    }
    expect(winners).toEqual(new Set([0, 1, 2]));
    expect(await test.channelRows()).toHaveLength(50);
  });

  it('keep their type: neither settings nor secrets of the other one are taken', async () => {
    const hook = await test.channels.create(inNorth, webhook());
    const mail = await test.channels.create(inNorth, email());
    const before = await test.channelRows();
    const update = (id: typeof hook.id, change: object): Promise<unknown> => test.channels.update(inNorth, id, change);
    const signingSecret = 'sixteen characters or more';

    for (const [work, pointer] of [
      [update(hook.id, { config: email().config }), '/config'],
      [update(mail.id, { config: webhook().config }), '/config'],
      [update(hook.id, { secrets: { smtpPassword: 'x' } }), '/secrets'],
      [update(mail.id, { secrets: { headers: { a: 'b' } } }), '/secrets'],
      [test.channels.create(inNorth, email({ secrets: { signingSecret } })), '/secrets'],
      [update(hook.id, { type: 'email' }), '/type'],
      [update(hook.id, { domainName: 'south' }), '/domainName'],
      [test.channels.create(inNorth, { ...webhook(), type: 'fax' } as never), '/type'],
      [test.channels.create(inNorth, { ...webhook(), type: 'email' } as never), '/config/smtp'],
    ] as const) {
      await expect(work).rejects.toMatchObject({ httpStatus: 400, pointer });
    }
    expect(await test.channelRows()).toEqual(before);
  });

  it('take settings many at a time, but no secrets', async () => {
    await test.channels.bulkCreate(inNorth, [webhook(), webhook()]);
    const url = 'https://example.org/all';

    expect(await test.channels.batchUpdate(inNorth, everyRow('a test'), { config: { url } })).toEqual({ count: 2 });
    await expect(
      test.channels.batchUpdate(inNorth, everyRow('a test'), { secrets: { headers: null } }),
    ).rejects.toMatchObject({ pointer: '/secrets' });
    for (const { config } of await test.channelRows()) expect(config).toMatchObject({ url });
  });

  it('that could not be created are told with the specs that were given', async () => {
    await test.channels.create(inNorth, webhook({ name: 'taken' }));
    const specs = [webhook(), webhook({ name: 'taken', secrets: { signingSecret: 'sixteen characters or more' } })];

    const { successes, failures } = await test.channels.bulkCreatePartial(inNorth, specs);

    expect(successes).toHaveLength(1);
    expect(failures).toMatchObject([{ index: 1 }]);
    expect(failures[0]!.spec).toBe(specs[1]);
    expect(Object.keys(failures[0]!.spec)).not.toContain('sealed');
    expect(failures[0]!.error).toBeInstanceOf(NotificationChannelAlreadyExists);
  });

  const config = webhook().config;
  const mail = email().config;
  it.each([
    ['/name', webhook({ name: '' })],
    ['/name', webhook({ name: ' \t' })],
    ['/name', webhook({ name: 'x'.repeat(257) })],
    ['/description', webhook({ description: 'x'.repeat(2_049) })],
    ['/config/url', webhook({ config: { url: 'example.org' } })],
    ['/config/url', webhook({ config: { url: 'file:///etc/passwd' } })],
    ['/config/url', webhook({ config: { url: 'https://user:secret@example.org' } })],
    ['/config/url', webhook({ config: { url: `https://example.org/${'x'.repeat(2_048)}` } })],
    ['/config/method', webhook({ config: { ...config, method: 'GET' as never } })],
    ['/config/contentType', webhook({ config: { ...config, contentType: 'image/png' } })],
    ['/config/contentType', webhook({ config: { ...config, contentType: 'application/json\r\nA: b' } })],
    ['/config/timeoutMs', webhook({ config: { ...config, timeoutMs: 0 } })],
    ['/config/timeoutMs', webhook({ config: { ...config, timeoutMs: 120_001 } })],
    ['/config/successCodes', webhook({ config: { ...config, successCodes: [] } })],
    ['/config/successCodes/1', webhook({ config: { ...config, successCodes: [200, 302] } })],
    ['/config/headers', webhook({ config: { ...config, headers: { a: 'b' } } as never })],
    ['/config', webhook({ config: null as never })],
    ['/config/from', email({ config: { ...mail, from: 'nobody' } })],
    ['/config/to', email({ config: { ...mail, to: [] } })],
    ['/config/to/0', email({ config: { ...mail, to: ['a@example.org\r\nBcc: b@example.org'] } })],
    ['/config/smtp/host', email({ config: { ...mail, smtp: { host: 'a b' } } })],
    ['/config/smtp/port', email({ config: { ...mail, smtp: { host: 'a', port: 70_000 } } })],
    ['/config/subjectTemplate', email({ config: { ...mail, subjectTemplate: 'a\nb' } })],
    ['/config/subjectTemplate', email({ config: { ...mail, subjectTemplate: '{{sessionName}}' } })],
    ['/secrets/headers', webhook({ secrets: { headers: { 'a b': 'c' } } })],
    ['/secrets/headers', webhook({ secrets: { headers: { a: 'b\r\nc: d' } } })],
    ['/secrets/headers', webhook({ secrets: { headers: { Host: 'example.org' } } })],
    ['/secrets/headers', webhook({ secrets: { headers: { a: 'b', A: 'c' } } })],
    ['/secrets/signingSecret', webhook({ secrets: { signingSecret: 'short' } })],
    ['/secrets', webhook({ secrets: 'secret' as never })],
    ['', null as never],
    ['', 5 as never],
    ['/enabledd', { ...webhook(), enabledd: true } as never],
    ['/sealed', { ...webhook(), sealed: {} } as never],
  ])('refuse what is wrong with %s: %#', async (pointer, spec) => {
    await expect(test.channels.create(inNorth, spec)).rejects.toMatchObject({ name: 'InvalidInput', pointer });
    expect(await test.channelRows()).toEqual([]);
  });

  it('are made of those of many that are channels', async () => {
    const bad = webhook({ secrets: { signingSecret: 'short' } });
    const many = [webhook({ name: 'a' }), null as never, bad, webhook({ name: 'b' })];

    const { successes, failures } = await test.channels.bulkCreatePartial(inNorth, many);

    expect(successes.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(failures).toMatchObject([
      { index: 1, spec: null, error: { reason: 'INVALID_VALUE', pointer: '' } },
      { index: 2, spec: bad, error: { reason: 'INVALID_VALUE', pointer: '/secrets/signingSecret' } },
    ]);
    await expect(test.channels.bulkCreate(inNorth, many)).rejects.toMatchObject({ pointer: '/1' });
    await expect(test.channels.update(inNorth, successes[0]!.id, null as never)).rejects.toMatchObject({
      name: 'InvalidInput',
      pointer: '',
    });
  });
});
