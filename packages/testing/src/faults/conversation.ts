import { sentStatement, type SentStatement } from './sent-statement.js';
import type { Occasion } from './occasion.js';

const SYNC = 0x53;
const QUERY = 0x51;
const FUNCTION_CALL = 0x46;
const PARSE = 0x50;
const BIND = 0x42;
const EXECUTE = 0x45;
const CLOSE = 0x43;
const COPY_DONE = 0x63;
const COPY_FAIL = 0x66;
const COMMAND_COMPLETE = 0x43;
const EMPTY_QUERY = 0x49;
const PORTAL_SUSPENDED = 0x73;
const READY_FOR_QUERY = 0x5a;
const IDLE = 0x49;

/**
 * Where one connection stands: what was asked and what was answered. A batch is what one ReadyForQuery ends: everything up
 * to a Sync, or a simple Query. The one with the number 0 is the start-up.
 */
export class Conversation {
  readonly #prepared = new Map<string, SentStatement>();
  readonly #portals = new Map<string, SentStatement>();
  #isInBlock = false;
  #write: SentStatement | null = null;
  #last: SentStatement | null = null;
  #endedBySync = false;
  /** The batch that is being asked, and how many of its statements were. */
  readonly asked = { batch: 0, statements: 0 };
  /** The batch that is being answered, and how many of its statements were. */
  readonly answered = { batch: 0, statements: 0 };

  /** The client starts up. */
  startUp(): Occasion {
    this.asked.batch = 1;
    return { connects: true, statement: null, endsBatch: false, commitsWrite: false, batch: 0, after: 0, sql: null };
  }

  /** The client sends a message. Null if no fault may land there. */
  ask(kind: number, bytes: Buffer, at: number, end: number): Occasion | null {
    switch (kind) {
      case PARSE: {
        const [name, sql] = texts(bytes, at, end);
        this.#prepared.set(name, sentStatement(sql));
        return null;
      }
      case BIND: {
        const [portal, name] = texts(bytes, at, end);
        this.#portals.set(portal, this.#prepared.get(name) ?? unknown);
        return null;
      }
      case CLOSE: {
        const [name] = texts(bytes, at + 1, end);
        (bytes[at + 5] === 0x53 ? this.#prepared : this.#portals).delete(name);
        return null;
      }
      case EXECUTE: {
        const statement = this.#portals.get(texts(bytes, at, end)[0]) ?? unknown;
        this.#execute(statement);
        const { batch, statements: after } = this.asked;
        this.asked.statements++;
        return { connects: false, statement, endsBatch: false, commitsWrite: false, batch, after, sql: statement.sql };
      }
      case QUERY: {
        const statement = sentStatement(texts(bytes, at, end)[0]);
        this.#execute(statement);
        return this.#endBatch(statement);
      }
      case FUNCTION_CALL:
      case SYNC:
        return this.#endBatch(null);
      case COPY_DONE:
      case COPY_FAIL:
        // A Sync before this was read in the midst of a COPY and counts for nothing (PostgreSQL 53.2.6).
        if (this.#endedBySync && this.asked.batch > this.answered.batch) this.asked.batch--;
        return null;
      default:
        return null;
    }
  }

  /** The server has sent a message. */
  answer(kind: number, bytes: Buffer, at: number): void {
    switch (kind) {
      case COMMAND_COMPLETE:
      case EMPTY_QUERY:
      case PORTAL_SUSPENDED:
        this.answered.statements++;
        return;
      case READY_FOR_QUERY:
        this.answered.batch++;
        this.answered.statements = 0;
        if (this.answered.batch < this.asked.batch || this.asked.statements > 0) return;
        this.#isInBlock = bytes[at + 5] !== IDLE;
        if (!this.#isInBlock) this.#portals.clear();
    }
  }

  #execute(statement: SentStatement): void {
    this.#last = statement;
    switch (statement.effect) {
      case 'write':
        if (!this.#isInBlock) this.#write ??= statement;
        return;
      case 'begin':
        this.#isInBlock = true;
        return;
      case 'commit':
      case 'rollback':
        this.#isInBlock = statement.chains;
        this.#write = null;
        return;
      case 'none':
    }
  }

  #endBatch(statement: SentStatement | null): Occasion {
    const commitsWrite = this.#write !== null && !this.#isInBlock;
    const sql = (commitsWrite ? this.#write : this.#last)?.sql ?? null;
    this.#write = null;
    this.#last = null;
    this.asked.statements = 0;
    this.#endedBySync = statement === null;
    const batch = this.asked.batch++;
    return { connects: false, statement, endsBatch: true, commitsWrite, batch, after: 0, sql };
  }
}

const unknown = sentStatement('');

/** The texts that a message begins with, which end with a zero each. */
function texts(bytes: Buffer, at: number, end: number): readonly [string, string] {
  const start = at + 5;
  const first = bytes.indexOf(0, start);
  if (first === -1 || first >= end) return [bytes.toString('utf8', start, end), ''];
  const second = bytes.indexOf(0, first + 1);
  return [
    bytes.toString('utf8', start, first),
    bytes.toString('utf8', first + 1, second === -1 || second > end ? end : second),
  ];
}
