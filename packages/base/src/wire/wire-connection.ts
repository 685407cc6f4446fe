import { EventEmitter } from 'node:events';
import { ConnectionState } from './connection-state.js';
import type { CurrentRun } from './current-run.js';
import { PgConnection, type PgConnectionConfig } from './pg-internals.js';
import { PreparedStatements } from './prepared-statements.js';
import { receiveFrom, socketReadInPlace } from './read-in-place.js';
import { StatementPolicy } from './statement-policy.js';

// Backend messages (PostgreSQL 53.7) that a run reads itself.
const PARSE_COMPLETE = 0x31;
const BIND_COMPLETE = 0x32;
const CLOSE_COMPLETE = 0x33;
const COMMAND_COMPLETE = 0x43;
const DATA_ROW = 0x44;
const EMPTY_QUERY = 0x49;
const READY_FOR_QUERY = 0x5a;
const HEADER = 5;

const ready: Readonly<Record<number, { readonly status: string }>> = {
  0x49: { status: 'I' },
  0x54: { status: 'T' },
  0x45: { status: 'E' },
};

/**
 * A connection of pg whose current run reads its rows straight from the bytes. Every other message, and every message
 * while no run of ours is under way, goes to pg's own parser.
 */
export class WireConnection extends PgConnection {
  run: CurrentRun | null = null;
  readonly statements = new PreparedStatements();
  readonly state = new ConnectionState();
  /** Of the Database that has the connection now. */
  policy = new StatementPolicy();
  #isCut = false;
  override readonly openStream: unknown;

  constructor(config: PgConnectionConfig) {
    super(config.stream === undefined && !config.ssl ? { ...config, stream: socketReadInPlace() } : config);
    this.openStream = config.stream;
    // After pg's client, which knows the reason, has told the run.
    this.once('end', () => setImmediate(() => this.#abandon()));
    this.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) =>
      this.state.parameters.report(parameterName, parameterValue),
    );
  }

  /** Whether we ended it ourselves. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Ends it at once, whatever is under way: the server rolls back what is open. */
  cut(): void {
    this.#isCut = true;
    this.stream.destroy();
  }

  /**
   * Whatever the server, the database or the role is set to: times are read in the ISO format (PostgreSQL 8.5.2), and
   * floats with all of their digits (8.1.3), without which a cursor would not stand where its row does.
   */
  override startup(config: Readonly<Record<string, string>>): void {
    super.startup({ ...config, DateStyle: 'ISO', extra_float_digits: '1' });
  }

  override attachListeners(stream: EventEmitter): void {
    const toPg = new EventEmitter();
    super.attachListeners(toPg);
    // The pieces of a message that is not there as a whole yet, and how long it will be.
    let pieces: Buffer[] = [];
    let length = 0;
    let needed = HEADER;
    receiveFrom(stream, (chunk, lent) => {
      length += lent ?? chunk.length;
      const isWhole = pieces.length === 0 && length >= needed;
      if (!isWhole) pieces.push(lent === undefined ? chunk : Buffer.from(chunk.subarray(0, lent)));
      if (length < needed) return;
      const bytes = isWhole ? chunk : Buffer.concat(pieces, length);
      const isLent = isWhole && lent !== undefined;
      const handled = this.#receive(bytes, length, toPg, isLent);
      pieces = [];
      length -= handled;
      needed = HEADER;
      if (length === 0) return;
      const rest = bytes.subarray(handled, handled + length);
      pieces.push(isLent ? Buffer.from(rest) : rest);
      if (length >= HEADER) needed = messageEnd(rest, 0);
    });
    stream.on('end', () => toPg.emit('end'));
  }

  /** Handles all whole messages of the first `length` bytes; returns how many bytes they were. */
  #receive(bytes: Buffer, length: number, toPg: EventEmitter, isLent: boolean): number {
    let at = 0;
    while (at + HEADER <= length) {
      const end = messageEnd(bytes, at);
      if (end < at + HEADER) {
        this.stream.destroy(new Error('The server sent a message without an end.'));
        return length;
      }
      if (end > length) break;
      if (this.run === null || !this.#take(this.run, bytes, at, end)) {
        if (bytes[at] === COMMAND_COMPLETE) this.state.commands++;
        const message = bytes.subarray(at, end);
        // pg keeps what it is given.
        toPg.emit('data', isLent ? Buffer.from(message) : message);
      }
      at = end;
    }
    return at;
  }

  /** Lets the run read a message; false if it is none of the run's. */
  #take(run: CurrentRun, bytes: Buffer, at: number, end: number): boolean {
    switch (bytes[at]) {
      case DATA_ROW:
        run.row(bytes, at + HEADER, end);
        return true;
      case COMMAND_COMPLETE:
        this.state.commands++;
        run.completed(bytes, at + HEADER, end);
        return true;
      case EMPTY_QUERY:
        run.completed(bytes, at + HEADER, end);
        return true;
      case PARSE_COMPLETE:
        run.parsed();
        return true;
      case BIND_COMPLETE:
      case CLOSE_COMPLETE:
        return true;
      case READY_FOR_QUERY:
        // pg's client first, so that its transaction status is true when the run goes on.
        this.run = null;
        this.emit('readyForQuery', ready[bytes[at + HEADER]!]);
        run.settle();
        return true;
      default:
        return false;
    }
  }

  #abandon(): void {
    const { run } = this;
    this.run = null;
    run?.abandon();
  }
}

interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

/** Where the message at `at` ends: its type is not counted in its length. */
function messageEnd(bytes: Buffer, at: number): number {
  return at + 1 + bytes.readInt32BE(at + 1);
}
