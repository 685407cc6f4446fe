import type { CurrentRun } from './current-run.js';
import { frameWriter } from './frame-writer.js';
import type { PgConnection, Submittable } from './pg-internals.js';
import type { RowDecoder } from './row-decoder.js';
import { emptySink, type RowSink, rowSink } from './row-sink.js';
import type { RunFailure, RunFailureKind } from './run-failure.js';
import { withOwnParameters } from './session-parameters.js';
import { type Statement, type Step, unnamedHead } from './statement.js';
import { tellTogether, type Teller } from './tell-together.js';
import { WireConnection } from './wire-connection.js';
import { writeTogether } from './write-together.js';

/** Called once, when the connection is ready for the next statement or gone. Must not throw. */
export type RunDone = (failure: RunFailure | null, sink: RowSink) => void;

/**
 * One statement on one connection, with others riding in front of it: one write, one Sync, one answer. The statements
 * under one Sync are one implicit transaction unless a BEGIN is among them (PostgreSQL 53.2.3).
 */
export class StatementRun implements Submittable, CurrentRun, Teller {
  #steps: readonly Step[];
  readonly #done: RunDone;
  readonly #decode: RowDecoder | null;
  readonly #sink: RowSink;
  #connection: WireConnection | null = null;
  #toComplete: number;
  // In the order in which they are parsed; those before #parsed are.
  #unparsed: readonly Statement[] = none;
  #parsed = 0;
  #serverError: Error | null = null;
  #decodeError: Error | null = null;
  #isSettled = false;
  #failure: RunFailure | null = null;
  /** Set by whoever wants to know of the end: pg's client where it runs a timer, and what traces pg's queries. */
  callback: RunCallback = ignored;

  constructor(step: Step, before: readonly Step[], done: RunDone) {
    this.#steps = before.length === 0 ? [step] : [...before, step];
    this.#done = done;
    this.#decode = step.statement.decode;
    this.#sink = step.into ?? rowSink();
    this.#toComplete = before.length;
  }

  // What traces pg's queries takes one of these for a query: `text` is what it shows.

  get text(): string {
    return this.#steps[this.#steps.length - 1]!.statement.sql;
  }

  /** Not the prepared statement's, which says nothing to people. */
  get name(): string {
    return '';
  }

  submit(connection: PgConnection): Error | null {
    if (!(connection instanceof WireConnection)) return new Error('A StatementRun needs a WireConnection.');
    const { state } = connection;
    if (state.parameters.areForeign) {
      this.#steps = withOwnParameters(this.#steps);
      this.#toComplete = this.#steps.length - 1;
    }
    let message: Buffer;
    try {
      message = this.#written(connection);
    } catch (error) {
      return error as Error;
    }
    state.entity = this.#steps[this.#toComplete]!.statement.entity ?? state.entity;
    this.#connection = connection;
    connection.run = this;
    writeTogether(connection.stream, message);
    return null;
  }

  #written({ statements, policy }: WireConnection): Buffer {
    let unparsed: Statement[] | null = null;
    frameWriter.start();
    statements.catchUp(policy.generation);
    for (const close of statements.closes()) frameWriter.add(close);
    for (const { statement, values, into } of this.#steps) {
      if (into !== undefined) emptySink(into);
      if (!policy.areNamed || statement.name === '') {
        frameWriter.add(statement.parse(''));
        (unparsed ??= []).push(statement);
        frameWriter.bind(unnamedHead, values);
        continue;
      }
      if (!statements.has(statement) && unparsed?.some(({ name }) => name === statement.name) !== true) {
        frameWriter.add(statement.parse());
        (unparsed ??= []).push(statement);
      }
      frameWriter.bind(statement.bindHead, values);
    }
    const message = frameWriter.take();
    statements.closed();
    if (unparsed !== null) this.#unparsed = unparsed;
    return message;
  }

  // From the connection, message by message.

  parsed(): void {
    const statement = this.#unparsed[this.#parsed++];
    const { statements, policy } = this.#connection!;
    if (policy.areNamed && statement !== undefined && statement.name !== '') statements.add(statement, policy.room);
  }

  row(bytes: Buffer, at: number, end: number): void {
    if (this.#decodeError !== null) return;
    try {
      if (this.#toComplete > 0) this.#rowInFront(bytes, at, end);
      else this.#decode?.(bytes, at, end, this.#sink);
    } catch (error) {
      this.#decodeError = error as Error;
    }
  }

  #rowInFront(bytes: Buffer, at: number, end: number): void {
    const { statement, into } = this.#steps[this.#steps.length - 1 - this.#toComplete]!;
    if (into !== undefined) statement.decode?.(bytes, at, end, into);
  }

  completed(bytes: Buffer, at: number, end: number): void {
    if (this.#toComplete > 0) {
      const { into } = this.#steps[this.#steps.length - 1 - this.#toComplete--]!;
      if (into !== undefined) into.affected = affectedRows(bytes, at, end);
      return;
    }
    this.#toComplete--;
    this.#sink.affected = affectedRows(bytes, at, end);
    if (this.#decode === null) this.#sink.command = commandOf(bytes, at, end);
  }

  settle(): void {
    if (this.#serverError !== null) this.#fail(this.#isStale() ? 'stale' : 'answered', this.#serverError);
    else if (this.#decodeError !== null) this.#fail('unreadable', this.#decodeError);
    else this.#end(null);
  }

  tell(): void {
    this.#done(this.#failure, this.#sink);
  }

  abandon(): void {
    this.#fail('lost', this.#serverError ?? new Error('Connection terminated unexpectedly'));
  }

  // From pg's client.

  handleError(error: Error): void {
    if (this.#connection === null) return this.#fail('not-sent', error);
    if ('severity' in error) {
      // The server's word; whether it goes on shows in what comes next: ReadyForQuery, or the end.
      this.#serverError = error;
      return;
    }
    // A timer of pg's, or a broken socket: the answer that may still come would be taken for that of the next statement.
    const connection = this.#connection;
    if (connection.run === this) connection.run = null;
    connection.cut();
    this.#fail('lost', error);
  }

  handleReadyForQuery(): void {
    // The connection settles its run itself, in failure too, where pg's client has already let go of it.
  }

  /**
   * Whether the server no longer has, or no longer accepts, what was prepared before this run, or has a statement of that
   * name from somebody before us. Then it is forgotten, and closed before it is prepared anew.
   */
  #isStale(): boolean {
    const { code, routine } = this.#serverError as Error & { readonly code?: string; readonly routine?: string };
    const { statements, policy } = this.#connection!;
    const unparsed = policy.areNamed ? this.#unparsed.slice(this.#parsed) : none;
    switch (code) {
      case '0A000':
        // So is answered, too, what the server never does, whatever was prepared in front of it.
        if (routine !== 'RevalidateCachedQuery') return false;
        // Others were prepared for the same tables, here and on other connections.
        policy.tablesChanged();
        return this.#forget(this.#reused());
      case '26000': {
        // Whoever made the server forget one made it forget all: DEALLOCATE ALL, DISCARD ALL.
        const reused = this.#reused();
        if (reused.length > 0) statements.forgetAll();
        return this.#forget(reused);
      }
      case '42P05':
        return this.#forget(unparsed);
      default:
        return false;
    }
  }

  /** What was prepared before this run. */
  #reused(): readonly Statement[] {
    if (!this.#connection!.policy.areNamed) return none;
    const isNew = (name: string): boolean => name === '' || this.#unparsed.some((each) => each.name === name);
    return this.#steps.map(({ statement }) => statement).filter(({ name }) => !isNew(name));
  }

  #forget(gone: readonly Statement[]): boolean {
    for (const statement of gone) this.#connection!.statements.forget(statement);
    return gone.length > 0;
  }

  #fail(kind: RunFailureKind, error: Error): void {
    this.#end({ kind, error });
  }

  #end(failure: RunFailure | null): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    if (this.callback !== ignored) this.callback(failure?.error ?? null, { rowCount: this.#sink.affected });
    this.#failure = failure;
    tellTogether(this);
  }
}

/** As pg calls back for its own queries, with as much of the result as is pg's. */
type RunCallback = (error: Error | null, result: { readonly rowCount: number }) => void;

const ignored: RunCallback = () => {};

const none: readonly Statement[] = [];
const SPACE = ' '.charCodeAt(0);

/** The first word of a command tag, e.g. `COMMIT` (PostgreSQL 53.7). */
function commandOf(bytes: Buffer, at: number, end: number): string {
  let to = at;
  while (to < end - 1 && bytes[to] !== SPACE) to++;
  return bytes.toString('latin1', at, to);
}

/** The count at the end of a command tag, e.g. `INSERT 0 5` (PostgreSQL 53.7). */
function affectedRows(bytes: Buffer, at: number, end: number): number {
  let rows = 0;
  let weight = 1;
  for (let i = end - 2; i > at; i--) {
    const digit = bytes[i]! - 0x30;
    if (digit < 0 || digit > 9) break;
    rows += digit * weight;
    weight *= 10;
  }
  return rows;
}
