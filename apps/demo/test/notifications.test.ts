import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretKeys } from '@holdfast/secrets';
import type { Email } from '../src/notifications/email-transport.js';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { mailServer, PASSWORD } from './support/mail-server.js';
import { runDemo, type RunningDemo } from './support/running-demo.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';
import { until } from './support/until.js';
import { type WebhookReceiver, webhookReceiver } from './support/webhook-receiver.js';

const [research, production] = syntheticTenants.domains as [
  (typeof syntheticTenants.domains)[number],
  (typeof syntheticTenants.domains)[number],
];
const alice = research.users[0]!;
const secretKeys = new SecretKeys([{ id: 'test', key: randomBytes(32).toString('base64') }]);
const token = 'Bearer do-not-tell-anybody';
const signing = 'do-not-tell-anybody-either';
const template = '{ "session": "{{sessionName}}", "status": "{{status}}" }';

describe('notifications of the demo', () => {
  let database: ScratchDatabase;
  let receiver: WebhookReceiver;
  let demo: RunningDemo;
  const mails: Email[] = [];

  beforeAll(async () => {
    database = await scratchDatabase();
    receiver = await webhookReceiver();
    const emails = {
      async send(email: Email): Promise<void> {
        mails.push(email);
      },
    };
    const notifications = { secretKeys, toPrivateAddresses: true };
    demo = await runDemo({ databaseUrl: database.url, notifications }, { emails });
  });
  afterAll(async () => {
    await demo.stop();
    await receiver.close();
    await database.drop();
  });
  beforeEach(async () => {
    receiver.forget();
    await database.query('TRUNCATE notification_channels CASCADE');
  });

  const made = async (path: string, body: object, key = research.adminKey): Promise<string> => {
    const answer = await demo.call(key, path, body);
    expect([answer.status, answer.text]).toEqual([201, expect.not.stringContaining('do-not-tell')]);
    return answer.body['id'] as string;
  };
  const channel = (name: string, more: object = {}) => ({
    name,
    type: 'webhook',
    config: { url: `${receiver.url}/${name}` },
    secrets: { headers: { Authorization: token }, signingSecret: signing },
    ...more,
  });
  const rule = (channelId: string, more: object = {}) => ({
    name: 'a rule',
    ruleType: 'session.terminated',
    channelId,
    messageTemplate: template,
    ...more,
  });
  const session = async (): Promise<{ readonly id: string; readonly name: string }> => {
    const name = `s-${randomBytes(6).toString('hex')}`;
    const body = { name, type: 'batch', image: 'python:3.12', requestedSlots: { cpu: 1 } };
    return { id: await made('/sessions', body, alice.accessKey), name };
  };
  const move = async (id: string, ...statuses: string[]): Promise<void> => {
    for (const status of statuses) {
      expect((await demo.call(alice.accessKey, `/sessions/${id}/status`, { status })).status).toBe(200);
    }
  };

  it('tell webhooks of sessions that start and end, once each', async () => {
    const hook = await made('/notification-channels', channel('all'));
    await made('/notification-rules', rule(hook));
    await made('/notification-rules', rule(hook, { ruleType: 'session.started' }));
    const { id, name } = await session();

    await move(id, 'SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING');
    await receiver.calls(1);
    await move(id, 'TERMINATING', 'TERMINATED');
    await receiver.calls(2);

    expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { session: name, status: 'RUNNING' },
      { session: name, status: 'TERMINATED' },
    ]);
    const [first, second] = receiver.received.map(({ headers }) => headers);
    expect(first).toMatchObject({ authorization: token, 'x-holdfast-signature': expect.stringMatching(/^t=\d+,v1=/) });
    expect(first!['idempotency-key']).not.toBe(second!['idempotency-key']);
  });

  it('go to the domain of the session alone, and to what is enabled', async () => {
    const foreign = await made('/notification-channels', channel('foreign'), production.adminKey);
    await made('/notification-rules', rule(foreign), production.adminKey);
    const off = await made('/notification-channels', channel('off', { enabled: false }));
    await made('/notification-rules', rule(off));
    const on = await made('/notification-channels', channel('on'));
    await made('/notification-rules', rule(on, { enabled: false }));
    await made('/notification-rules', rule(on));

    await move((await session()).id, 'CANCELLED');
    await receiver.calls(1);
    await move((await session()).id, 'CANCELLED');
    await receiver.calls(2);

    expect(receiver.received.map(({ path }) => path)).toEqual(['/on', '/on']);
  });

  it('that fail never fail the session, and are reported and counted without a secret', async () => {
    const hook = await made('/notification-channels', channel('failing'));
    const ofHook = await made('/notification-rules', rule(hook));
    await made('/notification-rules', rule(hook, { messageTemplate: 'no JSON of {{sessionName}}' }));
    receiver.answers.push({ status: 410 });
    const before = demo.complaints().length;
    const complaints = (): string => demo.complaints().slice(before);
    const { id } = await session();

    await move(id, 'CANCELLED');
    await until('two complaints', 60_000, () => (complaints().split('\n').length > 2 ? true : null));

    expect(complaints()).toContain(`The message of rule ${ofHook} for ${id} was not sent by channel ${hook}: `);
    expect(complaints()).toContain('notification_request_bad-request. The webhook answered with 410.');
    expect(complaints()).toContain('notification_execute_invalid-data-format');
    const metrics = (await demo.call(null, '/metrics')).text;
    expect(metrics).toMatch(/^demo_notifications_total\{outcome="failed"\} 2$/m);
    expect(metrics).toMatch(/^demo_notifications_total\{outcome="sent"\} \d+$/m);
    expect(metrics).toMatch(/backendai_layer_operation_error_count\{.*layer="webhook_client".*\} [1-9]/);
    expect(complaints() + metrics + demo.printed()).not.toContain('do-not-tell');
    expect((await demo.call(alice.accessKey, `/sessions/${id}`)).body).toMatchObject({ status: 'CANCELLED' });
  });

  it('whose secrets cannot be read are not sent without them', async () => {
    const hook = await made('/notification-channels', channel('unreadable'));
    await made('/notification-rules', rule(hook));
    await database.query(`UPDATE notification_channel_secrets SET headers = 'v1.lost.' || headers`);
    const before = demo.complaints().length;

    await move((await session()).id, 'CANCELLED');
    await until('a complaint', 60_000, () =>
      demo.complaints().slice(before).includes('secret_read_mismatch') ? true : null,
    );

    expect(receiver.received).toEqual([]);
  });

  it('are mailed by SMTP where the application gives nothing else', async () => {
    const server = await mailServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    const notifications = { secretKeys, toPrivateAddresses: true };
    const other = await runDemo({ databaseUrl: database.url, notifications });
    try {
      const config = {
        smtp: { host: '127.0.0.1', port: server.port, tls: false, username: 'holdfast' },
        from: 'holdfast@example.org',
        to: ['ops@example.org'],
      };
      const mail = { name: 'smtp', type: 'email', config, secrets: { smtpPassword: PASSWORD } };
      const mailing = await made('/notification-channels', mail);
      await made('/notification-rules', rule(mailing, { messageTemplate: '{{sessionName}} is over' }));
      server.replies.push(554);
      const cancel = async ({ id }: { readonly id: string }) =>
        expect((await other.call(alice.accessKey, `/sessions/${id}/status`, { status: 'CANCELLED' })).status).toBe(200);

      await cancel(await session());
      await until('a complaint', 10_000, () => (other.complaints().includes('answered with 554.') ? true : null));
      const { id, name } = await session();
      await cancel({ id });
      await until('a mail', 10_000, () => server.received[0] ?? null);

      expect(server.received).toMatchObject([{ to: ['ops@example.org'], user: 'holdfast' }]);
      expect(server.received[0]!.source).toContain(`${name} is over`);
      const metrics = (await other.call(null, '/metrics')).text;
      expect(metrics).toMatch(/backendai_layer_operation_error_count\{.*layer="email_client".*\} 1/);
      expect(other.complaints() + metrics + other.printed()).not.toContain('do-not-tell');
    } finally {
      await other.stop();
      await server.close();
    }
  });

  it('are mailed by what the application gives, in one line of a subject', async () => {
    const config = {
      smtp: { host: 'mail.example.org', username: 'holdfast' },
      from: 'holdfast@example.org',
      to: ['ops@example.org'],
    };
    const secrets = { smtpPassword: signing };
    const mail = await made('/notification-channels', { name: 'mail', type: 'email', config, secrets });
    await made('/notification-rules', rule(mail, { name: 'ended', messageTemplate: '{{sessionName}} <{{status}}>' }));
    const { id, name } = await session();

    await move(id, 'CANCELLED');
    await until('a mail', 60_000, () => mails[0] ?? null);

    expect(mails).toEqual([
      {
        smtp: { ...config.smtp, port: 587, tls: true, timeoutMs: 30_000 },
        password: signing,
        from: config.from,
        to: config.to,
        subject: '[research] ended',
        text: `${name} <CANCELLED>`,
        idempotencyKey: expect.any(String),
      },
    ]);
  });

  it('are administered by who administers the domain, and no other', async () => {
    const hook = await made('/notification-channels', channel('mine'));
    const ofHook = await made('/notification-rules', rule(hook));
    const call = (key: string, path: string, body?: unknown, method?: string) => demo.call(key, path, body, method);

    expect((await call(alice.accessKey, `/notification-channels/${hook}`)).status).toBe(403);
    expect((await call(production.adminKey, `/notification-channels/${hook}`)).status).toBe(404);
    expect((await call(production.adminKey, '/notification-rules', rule(hook))).body).toMatchObject({
      status: 400,
      pointer: '/channelId',
    });
    const found = await call(research.adminKey, '/notification-channels?filter[name][contains]=in&total=exact&first=5');
    expect(found.body).toMatchObject({ items: [{ id: hook, secrets: { headers: true } }], total: { value: 1 } });
    expect(found.text).not.toContain('do-not-tell');
    const rules = await call(research.adminKey, '/notification-rules/search', { filter: { channelId: { eq: hook } } });
    expect(rules.body).toMatchObject({ items: [{ id: ofHook }] });

    const path = `/notification-channels/${hook}`;
    const change = { enabled: false, secrets: { signingSecret: null } };
    expect((await call(research.adminKey, path, change, 'PATCH')).body).toMatchObject({
      enabled: false,
      secrets: { headers: true, signingSecret: false },
    });
    expect((await call(research.adminKey, `${path}/purge`, undefined, 'POST')).body).toMatchObject({
      status: 409,
      code: 'notification_purge_conflict',
    });
    expect((await call(research.adminKey, path, undefined, 'DELETE')).status).toBe(200);
    expect((await call(research.adminKey, path)).status).toBe(404);
    expect((await call(research.adminKey, `${path}/restore`, undefined, 'POST')).status).toBe(200);
    expect((await call(research.adminKey, `/notification-rules/${ofHook}/purge`, undefined, 'POST')).status).toBe(200);
    expect((await call(research.adminKey, `${path}/purge`, undefined, 'POST')).status).toBe(200);
    const ofSuperadmin = channel('for production', { domainName: production.name });
    await made('/notification-channels', ofSuperadmin, syntheticTenants.superadminKey);
    expect((await call(production.adminKey, '/notification-channels?first=5')).body['items']).toHaveLength(1);
  });
});

describe('a demo that ends', () => {
  it('waits for what is under way, and ends what takes longer than it has', async () => {
    const database = await scratchDatabase();
    const receiver = await webhookReceiver();
    const demo = await runDemo({
      databaseUrl: database.url,
      notifications: { secretKeys, toPrivateAddresses: true },
    });
    const config = { url: receiver.url, timeoutMs: 120_000 };
    const channel = await demo.call(research.adminKey, '/notification-channels', {
      name: 'c',
      type: 'webhook',
      config,
    });
    const of = { name: 'r', ruleType: 'session.terminated', channelId: channel.body['id'], messageTemplate: '""' };
    await demo.call(research.adminKey, '/notification-rules', of);
    const body = { name: 'last', type: 'batch', image: 'i', requestedSlots: {} };
    const { id } = (await demo.call(alice.accessKey, '/sessions', body)).body as { id: string };
    receiver.answers.push('silence');
    await demo.call(alice.accessKey, `/sessions/${id}/status`, { status: 'CANCELLED' });
    await receiver.calls(1);

    await demo.stop();

    expect(demo.complaints()).toContain(`for ${id} was not sent by channel`);
    expect(demo.complaints()).toContain('backendai_generic_timeout');
    expect(receiver.received).toHaveLength(1);
    await receiver.close();
    await database.drop();
  });
});
