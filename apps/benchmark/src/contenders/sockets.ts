import type { Socket } from 'node:net';
import pg from 'pg';
import type { OpenContender } from '../contender.js';
import type { SessionChange, SessionRow } from '../session-table.js';
import { pgStatements } from './pg-statements.js';
import { execution, SYNC } from './socket-messages.js';

const begin = { name: 'begin', text: 'BEGIN' };
const identify = { name: 'identify', text: 'SELECT pg_current_xact_id()::text, pg_backend_pid()' };
const commit = { name: 'commit', text: 'COMMIT' };
const { update, batchUpdate } = pgStatements;
const committing = Buffer.concat([execution(commit.name), SYNC]);

/**
 * No contender, but what all of them stand on: bytes that were made at the first call with the same ids, written to sockets,
 * and nothing made of what comes back but that it is all there. The CPU time is that of Node and the system alone. Updates
 * are two trips, as ours are.
 */
export const openSockets: OpenContender = async (url, connections) => {
  const free = await Promise.all(Array.from({ length: connections }, () => Line.open(url)));
  const made = new Map<string, Buffer>();
  const messageFor = (key: string, make: () => readonly Buffer[]): Buffer => {
    const message = made.get(key) ?? Buffer.concat([...make(), SYNC]);
    made.set(key, message);
    return message;
  };
  const send = async (...messages: readonly Buffer[]): Promise<void> => {
    const line = free.pop()!;
    for (const message of messages) await line.ask(message);
    free.push(line);
  };
  const following = [execution(begin.name), execution(identify.name)];
  const updated = (tenant: string, id: string, change: SessionChange): Buffer =>
    execution(update.name, [id, tenant, change.name, JSON.stringify(change.requested_slots)]);
  return {
    async update(tenant, id, change) {
      await send(
        messageFor(`two ${id}`, () => [...following, updated(tenant, id, change)]),
        committing,
      );
      return nothing;
    },
    async updateOneTrip(tenant, id, change) {
      await send(messageFor(`one ${id}`, () => [updated(tenant, id, change)]));
      return nothing;
    },
    async batchUpdate(tenant, ids, { name, requested_slots }) {
      const values = (): string[] => [`{${ids.join()}}`, tenant, name, JSON.stringify(requested_slots)];
      await send(
        messageFor(`many ${ids[0]}`, () => [...following, execution(batchUpdate.name, values())]),
        committing,
      );
      return ids.length;
    },
    close: async () => void (await Promise.all(free.map((line) => line.close()))),
  };
};

/** Nobody looks at what is returned. */
const nothing = {} as SessionRow;

const READY_FOR_QUERY = 'Z'.charCodeAt(0);
const FAILED = 'E'.charCodeAt(0);

/** A connection that pg has opened, whose bytes are its user's own from then on. */
class Line {
  readonly #client: pg.Client;
  readonly #socket: Socket;
  #answered: () => void = () => {};

  private constructor(client: pg.Client) {
    this.#client = client;
    this.#socket = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
    // That its socket was closed.
    client.on('error', () => {});
    this.#socket.removeAllListeners('data').on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  static async open(url: string): Promise<Line> {
    const client = new pg.Client(url);
    await client.connect();
    for (const statement of [begin, identify, commit]) await client.query(statement);
    // Nobody's rows: so they are prepared.
    await client.query({ ...update, values: ['00000000-0000-4000-8000-000000000000', '', '', {}] });
    await client.query({ ...batchUpdate, values: [[], '', '', {}] });
    return new Line(client);
  }

  /** Resolves when everything is answered that was sent. */
  ask(message: Buffer): Promise<void> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#socket.write(message);
    });
  }

  async close(): Promise<void> {
    await new Promise((closed) => this.#socket.once('close', closed).destroy());
    await this.#client.end().catch(() => {});
  }

  #receive(chunk: Buffer): void {
    const last = chunk.length - 6;
    if (chunk[last] !== READY_FOR_QUERY) return;
    // Of a transaction that has failed, so that nobody measures that.
    if (chunk[chunk.length - 1] === FAILED) throw new Error('A statement failed.');
    this.#answered();
  }
}
