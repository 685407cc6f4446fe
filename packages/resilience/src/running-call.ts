import { Misuse } from '@holdfast/errors';
import {
  type AmbientCall,
  type CallEvent,
  type Clock,
  type Deadline,
  enterCall,
  type EnteredCall,
  type EventSource,
  type OperationEvent,
  type OperationLayer,
  operationsAreObserved,
  publishOperation,
} from '@holdfast/operation';
import type { Answer } from './direct/answer.js';
import type { Call, CallChanges } from './call.js';
import type { Hold } from './hold.js';
import type { SignalSource } from './signal-source.js';
import type { WholeCall } from './whole-call.js';

type Listener = (event: CallEvent) => void;

interface Holds {
  readonly hold: Hold;
  readonly others: Holds | null;
}

export class RunningCall implements Call {
  /** The attempt of a retry inside of this stack that this is or belongs to: made again unless something of it stands. */
  readonly retrial: RunningCall | null;
  /** Only of a retrial. */
  #hasCommitted = false;

  constructor(
    readonly root: WholeCall,
    readonly attempt: number,
    /** The signal, or whose signal it is: that is not looked at before somebody asks for it. */
    readonly signalOf: AbortSignal | SignalSource | AmbientCall | null,
    readonly deadline: Deadline | null,
    retrial: RunningCall | 'itself' | null,
    readonly listener: Listener | null,
    readonly holds: Holds | null,
  ) {
    this.retrial = retrial === 'itself' ? this : retrial;
  }

  get operation(): string {
    return this.root.operation;
  }

  get layer(): OperationLayer | null {
    return this.root.layer;
  }

  get source(): EventSource {
    return this.root.source;
  }

  get signal(): AbortSignal | null {
    const { signalOf } = this;
    return signalOf === null || 'aborted' in signalOf ? signalOf : signalOf.signal;
  }

  get signalBesideDeadline(): AbortSignal | null {
    const { signalOf } = this;
    if (signalOf === null || 'aborted' in signalOf) return signalOf;
    const { signalBesideDeadline } = signalOf;
    return signalBesideDeadline === undefined ? signalOf.signal : signalBesideDeadline;
  }

  get isAborted(): boolean {
    const { signalOf } = this;
    if (signalOf === null) return false;
    if ('aborted' in signalOf) return signalOf.aborted;
    return 'isAborted' in signalOf ? signalOf.isAborted : signalOf.signal?.aborted === true;
  }

  get isInSession(): boolean {
    return this.root.isInSession;
  }

  get isRetried(): boolean {
    const { retrial } = this;
    return retrial === null ? this.root.outer?.isRetried === true : !retrial.#hasCommitted;
  }

  get hasCommitted(): boolean {
    const { retrial } = this;
    return retrial !== null && retrial.#hasCommitted;
  }

  committed(): void {
    if (this.retrial !== null) this.retrial.#hasCommitted = true;
    this.root.outer?.committed();
  }

  get isHeard(): boolean {
    return this.listener !== null || this.root.outer?.isHeard === true || operationsAreObserved();
  }

  /** Whether its work has to be told nothing that the call around it does not say already. */
  get isSaid(): boolean {
    const { outer } = this.root;
    return (
      this.listener === null &&
      this.holds === null &&
      this.deadline === (outer === null ? null : outer.deadline) &&
      this.signalOf === outer &&
      this.retrial === null
    );
  }

  tell(event: CallEvent): void {
    if (operationsAreObserved()) {
      const { layer: at, operation, source } = this.root;
      publishOperation({ ...event, at, operation, source } as OperationEvent);
    }
    this.hear(event);
  }

  hear(event: CallEvent): void {
    this.listener?.(event);
    this.root.outer?.hear(event);
  }

  now(clock: Clock): number {
    return this.root.now(clock);
  }

  isHeldBy(policy: object): boolean {
    for (let one = this.holds; one !== null; one = one.others) {
      if (one.hold.by === policy && !one.hold.isOver) return true;
    }
    const { outer } = this.root;
    return outer instanceof RunningCall && outer.isHeldBy(policy);
  }

  leave(work: Promise<unknown>): void {
    for (let one = this.holds; one !== null; one = one.others) one.hold.extendTo(work);
    const { outer } = this.root;
    if (outer instanceof RunningCall) outer.leave(work);
  }

  with(changes: CallChanges): RunningCall {
    const { listener, holds: others } = this;
    const further = changes.listener;
    const { hold } = changes;
    return new RunningCall(
      this.root,
      changes.attempt ?? this.attempt,
      changes.signal === undefined ? this.signalOf : changes.signal,
      changes.deadline === undefined ? this.deadline : changes.deadline,
      changes.isRetried === true ? 'itself' : this.retrial,
      further === undefined ? listener : listener === null ? further : both(further, listener),
      hold === undefined ? others : { hold, others },
    );
  }
}

/** The innermost part of a stack: does the work that the call carries. */
export function perform(call: Call, answer: Answer): void {
  let entered: EnteredCall | null = null;
  try {
    if (!(call instanceof RunningCall))
      throw new Misuse('A policy must hand on the call it was given, or what call.with() returns.');
    if (call.isAborted) throw call.signal?.reason;
    call.root.isUnderWay = true;
    if (!call.isSaid) entered = enterCall(call);
    const result: unknown = entered === null ? workOf(call) : entered.enter(workOf, call);
    if (!isThenable(result))
      throw new Misuse(
        `${call.operation} returned no promise: policies are for what takes time, and it has run already.`,
      );
    handOn(result, call.root, entered, answer);
  } catch (error) {
    entered?.close();
    answer.fail(error);
  }
}

function handOn(result: PromiseLike<unknown>, root: WholeCall, entered: EnteredCall | null, answer: Answer): void {
  // The promise that is made for waiting is the caller's, too, where nothing can answer before the work.
  const isTight = !root.isLoose;
  root.isLoose = true;
  const answered = result.then(
    (value) => {
      entered?.close();
      try {
        answer.give(value);
      } catch (error) {
        answer.fail(error); // A policy's own fault must not leave the caller without an answer.
      }
      return isTight ? root.taken() : undefined;
    },
    (error: unknown) => {
      entered?.close();
      answer.fail(error);
      return isTight ? root.taken() : undefined;
    },
  );
  if (isTight) root.answered = answered as Promise<unknown>;
}

function workOf(call: RunningCall): unknown {
  const { work, target, args } = call.root;
  const result: unknown = Reflect.apply(work, target, args ?? [call]);
  // What begins only when somebody waits for it, a query builder for instance, shall begin here.
  return result instanceof Promise || !isThenable(result) ? result : Promise.resolve(result);
}

function both(inner: Listener, outer: Listener): Listener {
  return (event) => {
    inner(event);
    outer(event);
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
