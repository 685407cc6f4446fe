import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as the server has taken it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and text, as sent. */
  readonly source: string;
  /** Whom the client has logged in as. */
  readonly user: string | null;
  readonly isEncrypted: boolean;
}

/** How it replies to something, instead of taking it: with a code, or by ending the connection. */
export type Reply = number | 'hang-up' | 'silence';

/** A mail server: real SMTP on the loopback interface. */
export interface MailServer {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** Whatever passwords it was told. */
  readonly passwords: readonly string[];
  /** Replies to the next mails, each one after all of it was read; it takes what there is none for. */
  readonly replies: Reply[];
  /** Replies to recipients, by their address, one after the other. */
  readonly recipients: Map<string, number[]>;
  /** How many connections were made. */
  readonly connections: () => number;
  forget(): void;
  close(): Promise<void>;
}

export const PASSWORD = 'do-not-tell-anybody';

export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const passwords: string[] = [];
  const replies: Reply[] = [];
  const recipients = new Map<string, number[]>();
  let connections = 0;
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    ...options,
    onConnect(_session, done) {
      connections++;
      done();
    },
    onAuth({ username, password }, _session, done) {
      passwords.push(password ?? '');
      // As bad a server as can be: it repeats what it was told.
      if (password === PASSWORD) done(null, { user: username ?? '' });
      else done(coded(535, `wrong: ${password}`));
    },
    onRcptTo({ address }, _session, done) {
      const code = recipients.get(address)?.shift();
      done(code === undefined ? null : coded(code, `not for ${address}, ${PASSWORD}`));
    },
    onData(stream, { envelope, user, secure }, done) {
      void text(stream).then((source) => {
        const reply = replies.shift();
        if (reply === 'silence') return;
        if (reply === 'hang-up') return void [...server.connections].forEach((one) => one.close());
        if (reply !== undefined) return done(coded(reply, `no: ${PASSWORD}`));
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        received.push({ from, to, source, user: user ?? null, isEncrypted: secure });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  return {
    port: (listening.address() as AddressInfo).port,
    received,
    passwords,
    replies,
    recipients,
    connections: () => connections,
    forget() {
      for (const list of [received, passwords, replies]) list.length = 0;
      recipients.clear();
      connections = 0;
    },
    close: () =>
      new Promise((resolve) => {
        for (const one of server.connections) one.close();
        server.close(() => resolve());
      }),
  };
}

function coded(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
