import type { CurrentRun } from './current-run.js';
import { frameWriter } from './frame-writer.js';
import type { PgConnection, Submittable } from './pg-internals.js';
import type { RowDecoder } from './row-decoder.js';
import { type RowSink, rowSink } from './row-sink.js';
import type { Statement, Step } from './statement.js';
import { WireConnection } from './wire-connection.js';

/** Called once, when the connection is ready for the next statement or gone: with the error, or null. */
export type RunDone = (error: Error | null, sink: RowSink) => void;

/**
 * One statement on one connection, with others riding in front of it: one write, one Sync, one answer. The statements
 * under one Sync are one implicit transaction unless a BEGIN is among them (PostgreSQL 53.2.3).
 */
export class StatementRun implements Submittable, CurrentRun {
  readonly #before: readonly Step[];
  readonly #step: Step;
  readonly #done: RunDone;
  readonly #decode: RowDecoder | null;
  readonly #sink: RowSink = rowSink();
  #connection: WireConnection | null = null;
  #toComplete: number;
  #unparsed: Statement[] | null = null;
  #error: Error | null = null;
  #isSettled = false;
  /** Whether anything has been written: what was never sent can surely be made again. */
  wasSent = false;
  /** Set by pg's client where it runs a timer that this ends. */
  callback: (() => void) | undefined = undefined;

  constructor(step: Step, before: readonly Step[], done: RunDone) {
    this.#step = step;
    this.#before = before;
    this.#done = done;
    this.#decode = step.statement.decode;
    this.#toComplete = before.length;
  }

  submit(connection: PgConnection): Error | null {
    if (!(connection instanceof WireConnection)) return new Error('A StatementRun needs a WireConnection.');
    this.#connection = connection;
    frameWriter.start();
    for (const close of connection.statements.takeCloses()) frameWriter.add(close);
    for (const step of this.#before) this.#write(step, connection);
    this.#write(this.#step, connection);
    connection.run = this;
    this.wasSent = true;
    connection.stream.write(frameWriter.take());
    return null;
  }

  #write({ statement, values }: Step, connection: WireConnection): void {
    if (!connection.statements.has(statement)) {
      frameWriter.add(statement.parse);
      (this.#unparsed ??= []).push(statement);
    }
    frameWriter.bind(statement.bindHead, values);
  }

  // From the connection, message by message.

  parsed(): void {
    const statement = this.#unparsed?.shift();
    if (statement !== undefined) this.#connection?.statements.add(statement);
  }

  row(bytes: Buffer, at: number, end: number): void {
    if (this.#toComplete > 0 || this.#decode === null || this.#error !== null) return;
    try {
      this.#decode(bytes, at, end, this.#sink);
    } catch (error) {
      this.#error = error as Error;
    }
  }

  completed(bytes: Buffer, at: number, end: number): void {
    if (this.#toComplete-- !== 0) return;
    this.#sink.affected = affectedRows(bytes, at, end);
    if (this.#decode === null) [this.#sink.command] = bytes.toString('latin1', at, end - 1).split(' ', 1) as [string];
  }

  settle(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.callback?.();
    this.#done(this.#error, this.#sink);
  }

  abandon(): void {
    this.#error ??= new Error('Connection terminated unexpectedly');
    this.settle();
  }

  // From pg's client.

  handleError(error: Error): void {
    this.#error ??= error;
    // Not written, or the socket is gone: no ReadyForQuery will come.
    if (this.#connection?.run !== this) this.settle();
  }

  handleReadyForQuery(): void {
    // The connection settles its run itself, in failure too, where pg's client has already let go of it.
  }
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
