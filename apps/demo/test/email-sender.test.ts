import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { attemptsOf, TimedOut } from '@holdfast/resilience';
import { AddressRefused } from '../src/notifications/address-refused.js';
import { EmailRefused } from '../src/notifications/email-refused.js';
import { EmailSender } from '../src/notifications/email-sender.js';
import type { Email } from '../src/notifications/email-transport.js';
import { EmailUnreachable } from '../src/notifications/email-unreachable.js';
import { type MailServer, mailServer, PASSWORD } from './support/mail-server.js';

const forever = new AbortController().signal;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stderr.write('Left out: mails over TLS, for which openssl is not installed.\n');

const mail = ({ port }: MailServer, smtp: Partial<Email['smtp']> = {}, more: Partial<Email> = {}): Email => ({
  smtp: { host: '127.0.0.1', port, tls: false, timeoutMs: 10_000, username: null, ...smtp },
  password: null,
  from: 'holdfast@example.org',
  to: ['ops@example.org', 'night@example.org'],
  subject: '[research] größer',
  text: 'It is over: größer.\n.\nThe end.',
  idempotencyKey: 'the-key',
  ...more,
});
const failureOf = (sending: Promise<void>): Promise<unknown> =>
  sending.then(
    () => null,
    (error: unknown) => error,
  );

describe('EmailSender', () => {
  let server: MailServer;
  const sender = new EmailSender({ toPrivateAddresses: true, retryDelayMs: 10 });
  beforeAll(async () => {
    server = await mailServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
  });
  afterAll(() => server.close());
  beforeEach(() => server.forget());

  it('sends a mail as the channel says, under its key', async () => {
    await sender.send(mail(server, { username: 'holdfast' }, { password: PASSWORD }), forever);

    const [{ from, to, user, source }] = server.received as [MailServer['received'][number]];
    expect([from, to, user]).toEqual(['holdfast@example.org', ['ops@example.org', 'night@example.org'], 'holdfast']);
    expect(source).toContain('Message-ID: <the-key@example.org>\r\n');
    expect(source).toContain('To: ops@example.org, night@example.org\r\n');
    expect(source).toContain('Subject: =?UTF-8?');
    expect(source).toContain('Auto-Submitted: auto-generated\r\n');
    expect(source).toContain('It is over: gr=C3=B6=C3=9Fer.\r\n.\r\nThe end.');
  });

  it('sends it again where that may help, with the same Message-ID', async () => {
    server.replies.push(451, 'hang-up', 421);

    await sender.send(mail(server), forever);

    expect(server.connections()).toBe(4);
    expect(server.received.map(({ source }) => /^Message-ID: (.+)\r$/m.exec(source)?.[1])).toEqual([
      '<the-key@example.org>',
    ]);
  });

  it.each([550, 554, 535])('takes %p for a refusal, and says nothing else of what the server says', async (reply) => {
    server.replies.push(reply);

    const failure = await failureOf(sender.send(mail(server), forever));

    expect(failure).toBeInstanceOf(EmailRefused);
    expect(failure).toMatchObject({ code: 'notification_request_bad-request', reply, retryable: false });
    expect(inspect(failure, { depth: 9 })).not.toContain('do-not-tell');
    expect(server.connections()).toBe(1);
  });

  it('sends it again to those only whom the server has not taken it for', async () => {
    const to = ['ops@example.org', 'later@example.org', 'never@example.org'];
    server.recipients.set('later@example.org', [451, 452]);
    server.recipients.set('never@example.org', [550, 550, 550, 550]);

    const failure = await failureOf(sender.send(mail(server, {}, { to }), forever));

    expect(failure).toMatchObject({ name: 'EmailRefused', reply: 550 });
    expect(server.received.map((one) => one.to)).toEqual([['ops@example.org'], ['later@example.org']]);
    expect(server.connections()).toBe(3);
  });

  it('gives up on whom the server takes nothing for, at once or after some attempts', async () => {
    server.recipients.set('ops@example.org', [550, 550, 550, 550]);
    server.recipients.set('night@example.org', [550]);
    expect(await failureOf(sender.send(mail(server), forever))).toMatchObject({ reply: 550 });
    expect(server.connections()).toBe(1);

    server.forget();
    server.recipients.set('ops@example.org', [450, 450, 450, 450]);
    const failure = await failureOf(sender.send(mail(server), forever));
    expect(failure).toMatchObject({ name: 'EmailRefused', reply: 450, retryable: true });
    expect(server.received.map((one) => one.to)).toEqual([['night@example.org']]);
    expect(server.connections()).toBe(4);
  });

  it('tells a login that is refused, and not with which password', async () => {
    const wrong = mail(server, { username: 'holdfast' }, { password: 'do-not-tell-this-either' });

    const failure = await failureOf(sender.send(wrong, forever));

    expect(failure).toMatchObject({ name: 'EmailRefused', reply: 535 });
    expect(server.passwords).toEqual(['do-not-tell-this-either']);
    expect(inspect(failure, { depth: 9 }) + String((failure as Error).stack)).not.toContain('do-not-tell');
  });

  it('sends nothing, and no password, where the server does not encrypt and shall', async () => {
    const failure = await failureOf(
      sender.send(mail(server, { tls: true, username: 'holdfast' }, { password: PASSWORD }), forever),
    );

    expect(failure).toBeInstanceOf(EmailRefused);
    expect([server.passwords, server.received, server.connections()]).toEqual([[], [], 1]);
  });

  it('sends nothing where it cannot log in as it shall', async () => {
    const open = await mailServer({ disabledCommands: ['STARTTLS', 'AUTH'] });
    try {
      const failure = await failureOf(
        sender.send(mail(open, { username: 'holdfast' }, { password: PASSWORD }), forever),
      );

      expect(failure).toBeInstanceOf(EmailRefused);
      expect([open.passwords, open.received, open.connections()]).toEqual([[], [], 1]);
    } finally {
      await open.close();
    }
  });

  it('gives each attempt the time of the channel', async () => {
    server.replies.push('silence', 'silence', 'silence', 'silence');

    const failure = await failureOf(sender.send(mail(server, { timeoutMs: 200 }), forever));

    expect(failure).toBeInstanceOf(TimedOut);
    expect(attemptsOf(failure).map(({ error }) => error)).toEqual(Array(4).fill(expect.any(TimedOut)));
  });

  it('ends when its signal aborts', async () => {
    const end = new AbortController();
    const reason = new Error('the end');
    server.replies.push('silence');
    const sending = sender.send(mail(server), end.signal);
    end.abort(reason);

    await expect(sending).rejects.toBe(reason);
  });

  it('tells what was not there from what was refused', async () => {
    const gone = await mailServer();
    await gone.close();

    const failure = await failureOf(sender.send(mail(gone), forever));

    expect(failure).toBeInstanceOf(EmailUnreachable);
    expect(failure).toMatchObject({ code: 'notification_request_unreachable', retryable: true });
  });

  it.each(['127.0.0.1', 'localhost', '::1', '169.254.169.254', '10.0.0.1'])(
    'reaches nobody in this machine and its network unless it may: %s',
    async (host) => {
      const toPublic = new EmailSender({ toPrivateAddresses: false });

      expect(await failureOf(toPublic.send(mail(server, { host }), forever))).toBeInstanceOf(AddressRefused);
      expect(server.connections()).toBe(0);
    },
  );
});

(hasOpenssl ? describe : describe.skip)('EmailSender over TLS, which openssl is needed for', () => {
  let folder: string;
  let key: string;
  let ca: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'holdfast-mail-'));
    const [keyFile, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'ca.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', keyFile, '-out', certificate];
    execFileSync('openssl', [...made, '-days', '2', ...subject], { stdio: 'ignore' });
    [key, ca] = [readFileSync(keyFile, 'utf8'), readFileSync(certificate, 'utf8')];
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['127.0.0.1', 'localhost'])('encrypts before it logs in: %s', async (host) => {
    const server = await mailServer({ key, cert: ca });
    try {
      const sender = new EmailSender({ toPrivateAddresses: true, ca });
      await sender.send(mail(server, { host, tls: true, username: 'holdfast' }, { password: PASSWORD }), forever);

      expect(server.received).toMatchObject([{ user: 'holdfast', isEncrypted: true }]);
    } finally {
      await server.close();
    }
  });

  it('tells no password to a server that nobody vouches for', async () => {
    const server = await mailServer({ key, cert: ca });
    try {
      const sender = new EmailSender({ toPrivateAddresses: true, retryDelayMs: 10 });
      const failure = await failureOf(
        sender.send(mail(server, { tls: true, username: 'holdfast' }, { password: PASSWORD }), forever),
      );

      expect(failure).toBeInstanceOf(EmailRefused);
      expect([server.passwords, server.received, server.connections()]).toEqual([[], [], 1]);
    } finally {
      await server.close();
    }
  });
});
