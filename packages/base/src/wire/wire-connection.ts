import { EventEmitter } from 'node:events';
import type { CurrentRun } from './current-run.js';
import { PgConnection, type PgConnectionConfig } from './pg-internals.js';
import { PreparedStatements } from './prepared-statements.js';

// Backend messages (PostgreSQL 53.7) that a run reads itself.
const PARSE_COMPLETE = 0x31;
const BIND_COMPLETE = 0x32;
const CLOSE_COMPLETE = 0x33;
const COMMAND_COMPLETE = 0x43;
const DATA_ROW = 0x44;
const EMPTY_QUERY = 0x49;
const READY_FOR_QUERY = 0x5a;

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

  constructor(config: PgConnectionConfig) {
    super(config);
    // After pg's client, which knows the reason, has told the run.
    this.once('end', () => setImmediate(() => this.#abandon()));
  }

  override attachListeners(stream: EventEmitter): void {
    const toPg = new EventEmitter();
    super.attachListeners(toPg);
    let rest: Buffer | null = null;
    stream.on('data', (chunk: Buffer) => {
      const bytes = rest === null ? chunk : Buffer.concat([rest, chunk]);
      const consumed = this.#receive(bytes, toPg);
      rest = consumed === bytes.length ? null : bytes.subarray(consumed);
    });
    stream.on('end', () => toPg.emit('end'));
  }

  /** Handles all whole messages; returns how many bytes they were. */
  #receive(bytes: Buffer, toPg: EventEmitter): number {
    let at = 0;
    while (at + 5 <= bytes.length) {
      const end = at + 1 + bytes.readInt32BE(at + 1);
      if (end > bytes.length) break;
      if (this.run === null || !this.#take(this.run, bytes, at, end)) toPg.emit('data', bytes.subarray(at, end));
      at = end;
    }
    return at;
  }

  /** Lets the run read a message; false if it is none of the run's. */
  #take(run: CurrentRun, bytes: Buffer, at: number, end: number): boolean {
    switch (bytes[at]) {
      case DATA_ROW:
        run.row(bytes, at + 5, end);
        return true;
      case COMMAND_COMPLETE:
      case EMPTY_QUERY:
        run.completed(bytes, at + 5, end);
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
        this.emit('readyForQuery', ready[bytes[at + 5]!]);
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
