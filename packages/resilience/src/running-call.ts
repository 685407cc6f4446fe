import { Misuse } from '@holdfast/errors';
import type { Deadline, EventSource, OperationLayer } from '@holdfast/operation';
import type { Call, CallChanges } from './call.js';

/** A function whose calls can be wrapped. */
export type AsyncFunction = (...args: never[]) => Promise<unknown>;

// The work travels on the call, so that neither the stack nor its policies build a closure for each call.
export class RunningCall implements Call {
  constructor(
    readonly operation: string,
    readonly attempt: number,
    readonly signal: AbortSignal | null,
    readonly deadline: Deadline | null,
    readonly layer: OperationLayer | null,
    readonly source: EventSource,
    readonly work: AsyncFunction,
    readonly target: unknown,
    /** Null for work that is given the call itself. */
    readonly args: readonly unknown[] | null,
  ) {}

  with(changes: CallChanges): RunningCall {
    return new RunningCall(
      this.operation,
      changes.attempt ?? this.attempt,
      changes.signal === undefined ? this.signal : changes.signal,
      changes.deadline === undefined ? this.deadline : changes.deadline,
      this.layer,
      this.source,
      this.work,
      this.target,
      this.args,
    );
  }
}

/** The innermost `next`: does the work that the call carries. */
export function perform<Result>(call: Call): Promise<Result> {
  try {
    if (!(call instanceof RunningCall))
      throw new Misuse('A policy must hand on the call it was given, or what call.with() returns.');
    return Promise.resolve(Reflect.apply(call.work, call.target, call.args ?? [call]) as Promise<Result>);
  } catch (error) {
    return Promise.reject(error);
  }
}
