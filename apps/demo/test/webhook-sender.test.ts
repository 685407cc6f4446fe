import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { attemptsOf, TimedOut } from '@holdfast/resilience';
import { AddressRefused } from '../src/notifications/address-refused.js';
import { publicLookup } from '../src/notifications/guarded-agent.js';
import { isPublicAddress } from '../src/notifications/public-address.js';
import type { WebhookMessage } from '../src/notifications/webhook-message.js';
import { WebhookRefused } from '../src/notifications/webhook-refused.js';
import { WebhookSender } from '../src/notifications/webhook-sender.js';
import { WebhookUnreachable } from '../src/notifications/webhook-unreachable.js';
import { type WebhookReceiver, webhookReceiver } from './support/webhook-receiver.js';

const forever = new AbortController().signal;

describe('WebhookSender', () => {
  let receiver: WebhookReceiver;
  let sender: WebhookSender;
  beforeAll(async () => {
    receiver = await webhookReceiver();
    sender = new WebhookSender({ toPrivateAddresses: true });
  });
  afterAll(async () => {
    await sender.close();
    await receiver.close();
  });
  beforeEach(() => receiver.forget());

  const message = (config: Partial<WebhookMessage['config']> = {}, more: Partial<WebhookMessage> = {}) => ({
    config: {
      url: `${receiver.url}/in?a=b`,
      method: 'POST' as const,
      contentType: 'application/json',
      timeoutMs: 30_000,
      successCodes: [200, 204],
      ...config,
    },
    secrets: { headers: { Authorization: 'Bearer x' }, signingSecret: 'a secret to sign with' },
    body: '{"text":"größer"}',
    idempotencyKey: 'the-key',
    ...more,
  });
  const keys = () => receiver.received.map(({ headers }) => headers['idempotency-key']);

  it('sends the message as the channel says, signed, with its key', async () => {
    await sender.send(message({ method: 'PUT' }), forever);

    const [{ method, path, headers, body }] = receiver.received as [WebhookReceiver['received'][number]];
    expect([method, path, body]).toEqual(['PUT', '/in?a=b', '{"text":"größer"}']);
    expect(headers).toMatchObject({
      authorization: 'Bearer x',
      'content-type': 'application/json',
      'idempotency-key': 'the-key',
    });
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['x-holdfast-signature'] as string)!;
    const expected = createHmac('sha256', 'a secret to sign with').update(`${seconds!}.the-key.${body}`).digest('hex');
    expect(signature).toBe(expected);
    expect(Math.abs(Date.now() / 1_000 - Number(seconds))).toBeLessThan(60);
  });

  it('signs nothing where there is no secret', async () => {
    await sender.send(message({}, { secrets: { headers: {}, signingSecret: null } }), forever);

    expect(receiver.received[0]!.headers).not.toHaveProperty('x-holdfast-signature');
  });

  it('calls again where that may help, under the same key', async () => {
    receiver.answers.push({ status: 503 }, 'hang-up', { status: 429 }, { status: 200 });

    await sender.send(message(), forever);

    expect(keys()).toEqual(['the-key', 'the-key', 'the-key', 'the-key']);
  });

  it.each([400, 401, 404, 410, 501, 201])('takes %p, which is none of the successes, for a refusal', async (status) => {
    receiver.answers.push({ status });

    const failure: unknown = await sender.send(message(), forever).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(WebhookRefused);
    expect(failure).toMatchObject({ code: 'notification_request_bad-request', status });
    expect(receiver.received).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    receiver.answers.push({ status: 307, headers: { location: `${receiver.url}/elsewhere` } });

    await expect(sender.send(message(), forever)).rejects.toMatchObject({ status: 307 });
    expect(receiver.received).toHaveLength(1);
  });

  it('gives each attempt the time of the channel', async () => {
    receiver.answers.push('silence', 'silence', 'silence', 'silence');

    const failure: unknown = await sender.send(message({ timeoutMs: 20 }), forever).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(TimedOut);
    expect(attemptsOf(failure).map(({ error }) => error)).toEqual(Array(4).fill(expect.any(TimedOut)));
  });

  it('ends when its signal aborts, also while it waits for another attempt', async () => {
    const end = new AbortController();
    const reason = new Error('the end');
    receiver.answers.push('silence');
    const sending = sender.send(message(), end.signal);
    await receiver.calls(1);
    end.abort(reason);

    await expect(sending).rejects.toBe(reason);
  });

  it('tells what was not there from what was refused', async () => {
    const gone = await webhookReceiver();
    await gone.close();

    await expect(sender.send(message({ url: gone.url }), forever)).rejects.toBeInstanceOf(WebhookUnreachable);
  });
});

describe('a WebhookSender to the public internet', () => {
  let receiver: WebhookReceiver;
  let sender: WebhookSender;
  beforeAll(async () => {
    receiver = await webhookReceiver();
    sender = new WebhookSender({ toPrivateAddresses: false });
  });
  afterAll(async () => {
    await sender.close();
    await receiver.close();
  });

  it.each([
    (url: URL) => url.href,
    (url: URL) => `http://localhost:${url.port}/`,
    (url: URL) => `http://2130706433:${url.port}/`,
    (url: URL) => `http://0x7f.1:${url.port}/`,
    (url: URL) => `http://[::1]:${url.port}/`,
    (url: URL) => `http://[::ffff:127.0.0.1]:${url.port}/`,
    () => 'http://169.254.169.254/latest/meta-data/',
    () => 'http://10.0.0.1/',
  ])('calls nobody in this machine and its network: %#', async (urlOf) => {
    const config = {
      url: urlOf(new URL(receiver.url)),
      method: 'POST' as const,
      contentType: 'text/plain',
      timeoutMs: 5_000,
      successCodes: [204],
    };
    const message = { config, secrets: { headers: {}, signingSecret: null }, body: '', idempotencyKey: 'k' };

    const failure: unknown = await sender.send(message, forever).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(AddressRefused);
    expect(failure).toMatchObject({ code: 'notification_request_forbidden' });
    expect(receiver.received).toHaveLength(0);
  });

  it.each([true, false])('looks up no name that stands for this machine, asked for all of them: %p', async (all) => {
    const looked = new Promise((resolve) => publicLookup('localhost', { all }, (...answer) => resolve(answer[0])));

    expect(await looked).toBeInstanceOf(AddressRefused);
  });

  it.each([
    ['8.8.8.8', true],
    ['2606:4700::1111', true],
    ['::ffff:8.8.8.8', true],
    ['127.0.0.1', false],
    ['0.0.0.0', false],
    ['192.168.1.1', false],
    ['172.16.0.1', false],
    ['100.64.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['example.org', false],
  ])('takes %s for public: %p', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});
