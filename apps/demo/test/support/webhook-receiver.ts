import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a webhook was called with. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How it answers: a status with headers, or not at all. */
export type Answering = { readonly status: number; readonly headers?: Record<string, string> } | 'silence' | 'hang-up';

/** A webhook: a real HTTP server on the loopback interface. */
export interface WebhookReceiver {
  /** E.g. `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly received: readonly Received[];
  /** Answers to the next calls, one after the other; 204 where there is none. */
  readonly answers: Answering[];
  /** Resolves when it has been called so often in all. */
  calls(count: number): Promise<void>;
  forget(): void;
  close(): Promise<void>;
}

export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const answers: Answering[] = [];
  let waiting: { readonly count: number; readonly tell: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      received.push({ method: method!, path: url!, headers, body: Buffer.concat(chunks).toString() });
      const answer = answers.shift() ?? { status: 204 };
      if (answer === 'hang-up') request.socket.destroy();
      else if (answer !== 'silence') response.writeHead(answer.status, answer.headers).end();
      for (const { count, tell } of waiting) if (received.length >= count) tell();
      waiting = waiting.filter(({ count }) => received.length < count);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    calls: (count) =>
      new Promise((tell) => {
        if (received.length >= count) tell();
        else waiting.push({ count, tell });
      }),
    forget() {
      received.length = 0;
      answers.length = 0;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
