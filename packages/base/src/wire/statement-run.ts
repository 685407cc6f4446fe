import type { CurrentRun } from './current-run.js';
import { frameWriter } from './frame-writer.js';
import type { PgConnection, Submittable } from './pg-internals.js';
import type { RowDecoder } from './row-decoder.js';
import { type RowSink, rowSink } from './row-sink.js';
import type { RunFailure, RunFailureKind } from './run-failure.js';
import type { Statement, Step } from './statement.js';
import { WireConnection } from './wire-connection.js';

/** Called once, when the connection is ready for the next statement or gone. Must not throw. */
export type RunDone = (failure: RunFailure | null, sink: RowSink) => void;

/**
 * One statement on one connection, with others riding in front of it: one write, one Sync, one answer. The statements
 * under one Sync are one implicit transaction unless a BEGIN is among them (PostgreSQL 53.2.3).
 */
export class StatementRun implements Submittable, CurrentRun {
  readonly #steps: readonly Step[];
  readonly #done: RunDone;
  readonly #decode: RowDecoder | null;
  readonly #sink: RowSink = rowSink();
  #connection: WireConnection | null = null;
  #toComplete: number;
  #unparsed: readonly Statement[] = none;
  #reused: readonly Statement[] = none;
  #serverError: Error | null = null;
  #decodeError: Error | null = null;
  #isSettled = false;
  /** Set by pg's client where it runs a timer that this ends. */
  callback: (() => void) | undefined = undefined;

  constructor(step: Step, before: readonly Step[], done: RunDone) {
    this.#steps = before.length === 0 ? [step] : [...before, step];
    this.#done = done;
    this.#decode = step.statement.decode;
    this.#toComplete = before.length;
  }

  submit(connection: PgConnection): Error | null {
    if (!(connection instanceof WireConnection)) return new Error('A StatementRun needs a WireConnection.');
    let message: Buffer;
    try {
      message = this.#written(connection);
    } catch (error) {
      return error as Error;
    }
    this.#connection = connection;
    connection.run = this;
    connection.stream.write(message);
    return null;
  }

  #written(connection: WireConnection): Buffer {
    frameWriter.start();
    for (const close of connection.statements.takeCloses()) frameWriter.add(close);
    for (const { statement, values } of this.#steps) {
      if (connection.statements.has(statement)) {
        this.#reused = [...this.#reused, statement];
      } else if (!this.#unparsed.some(({ name }) => name === statement.name)) {
        frameWriter.add(statement.parse);
        this.#unparsed = [...this.#unparsed, statement];
      }
      frameWriter.bind(statement.bindHead, values);
    }
    return frameWriter.take();
  }

  // From the connection, message by message.

  parsed(): void {
    const [statement, ...rest] = this.#unparsed;
    if (statement !== undefined) this.#connection?.statements.add(statement);
    this.#unparsed = rest;
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
    if (this.#toComplete-- !== 0) return;
    this.#sink.affected = affectedRows(bytes, at, end);
    if (this.#decode === null) [this.#sink.command] = bytes.toString('latin1', at, end - 1).split(' ', 1) as [string];
  }

  settle(): void {
    if (this.#serverError !== null) this.#fail(this.#isStale() ? 'stale' : 'answered', this.#serverError);
    else if (this.#decodeError !== null) this.#fail('unreadable', this.#decodeError);
    else this.#end(null);
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
    connection.stream.destroy();
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
    const { code } = this.#serverError as Error & { readonly code?: string };
    const gone = code === '0A000' || code === '26000' ? this.#reused : code === '42P05' ? this.#unparsed : none;
    for (const statement of gone) this.#connection!.statements.forget(statement);
    return gone.length > 0;
  }

  #fail(kind: RunFailureKind, error: Error): void {
    this.#end({ kind, error });
  }

  #end(failure: RunFailure | null): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.callback?.();
    this.#done(failure, this.#sink);
  }
}

const none: readonly Statement[] = [];

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
