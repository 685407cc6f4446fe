import {
  type AmbientCall,
  ambientMarks,
  type CallOptions,
  checkCallOptions,
  type Clock,
  Deadline,
  type EventSource,
  type OperationLayer,
  systemClock,
} from '@holdfast/operation';
import type { Call } from './call.js';
import { checkArgument } from './check-argument.js';
import type { Way } from './direct/answer.js';
import { DirectPolicy } from './direct/direct-policy.js';
import { promiseOf } from './direct/promise-of.js';
import { inTheShapeOf, methodDecorator, type ResilientMethod } from './method-decorator.js';
import type { Policy } from './policy.js';
import { replacement } from './replacement.js';
import { perform, RunningCall } from './running-call.js';
import { type AsyncFunction, WholeCall } from './whole-call.js';

export interface ResilienceArgs {
  /** The first policy is the outermost: `[metrics, retry]` means `metrics(retry(call))`. None is allowed. */
  readonly policies: readonly Policy[];
  /** A name for people and for what observes the stack. Default null. */
  readonly name?: string | null;
  /** The layer that its events belong to. Default that of its `MetricPolicy`, or none. */
  readonly layer?: OperationLayer | null;
  /** What events are published under, so that two applications in one process can tell theirs apart. Default null. */
  readonly source?: EventSource;
  /** What `deadlineMs` of a call is measured with. Default `systemClock`. */
  readonly clock?: Clock;
}

type Host = { readonly [replacement]?: Resilience } | null | undefined;

/**
 * A stack of policies to run calls in. Make one for each layer, at module level, and share it:
 * what its policies keep (budgets, for instance) is meant to be shared by the calls of that layer.
 */
export class Resilience {
  readonly name: string | null;
  /** The first one is the outermost. */
  readonly policies: readonly Policy[];
  readonly #source: EventSource;
  readonly #clock: Clock;
  readonly #layer: OperationLayer | null;
  readonly #stack: Way;
  /** Whether a call may be answered before its work has settled; nobody knows of policies that are others'. */
  readonly #isLoose: boolean;

  /** Throws Misuse for what are no policies. */
  constructor(args: ResilienceArgs) {
    this.policies = Object.freeze(checkedPolicies(args));
    this.name = args.name ?? null;
    this.#source = args.source ?? null;
    this.#clock = args.clock ?? systemClock;
    this.#layer = args.layer ?? this.policies.find((policy) => policy.layer !== undefined)?.layer ?? null;
    this.#stack = this.policies.reduceRight<Way>(around, perform);
    this.#isLoose = this.policies.some((policy) => !(policy instanceof DirectPolicy) || policy.endsEarly);
  }

  /**
   * Decorates a public method that returns a promise, so that its calls run in this stack under the method's name.
   * An instance that was given to `useResilience` uses its own stack instead.
   * A method that does not return a promise does not compile.
   * Throws Misuse when the class is defined, for anything but a public, named method of instances.
   */
  apply(): ResilientMethod {
    return methodDecorator((operation, method) => {
      const standard = this;
      const decorated = function (this: Host, ...args: unknown[]): Promise<unknown> {
        return (this?.[replacement] ?? standard).run(operation, method, this, args);
      };
      return inTheShapeOf(method, decorated);
    });
  }

  /** Returns `fn` with its calls run in this stack under the name `operation`. `this`, name and length are kept. */
  wrap<Fn extends AsyncFunction>(operation: string, fn: Fn): Fn {
    checkArgument('Resilience', typeof fn === 'function', 'what is wrapped', 'a function', fn);
    const resilience = this;
    const wrapped = function (this: unknown, ...args: unknown[]): Promise<unknown> {
      return resilience.run(operation, fn, this, args);
    };
    return inTheShapeOf(fn, wrapped);
  }

  /** Runs `fn` once in this stack. It is given the call, and called again with the next one where a policy retries. */
  execute<Result>(operation: string, fn: (call: Call) => Promise<Result>, options?: CallOptions): Promise<Result> {
    return this.run(operation, fn, undefined, null, options);
  }

  /** Forgets what the policies remember of earlier calls: budgets, failures, states. For tests. */
  reset(): void {
    for (const policy of this.policies) policy.reset?.();
  }

  /** The stack as a formula, e.g. `metrics(retry(call))`. */
  describe(): string {
    return this.policies.reduceRight((inner, policy) => `${policy.name}(${inner})`, 'call');
  }

  /** The same policies, sharing what they keep, with their events published under `source`. */
  withSource(source: EventSource): Resilience {
    const { policies, name } = this;
    return new Resilience({ policies, name, layer: this.#layer, source, clock: this.#clock });
  }

  /**
   * What `apply`, `wrap` and `execute` are made of, for other ways to attach a stack: calls `work` on `target` with `args`,
   * or with the `Call` where `args` is null.
   */
  run<Result>(
    operation: string,
    work: AsyncFunction,
    target: unknown,
    args: readonly unknown[] | null,
    options: CallOptions | null = null,
  ): Promise<Result> {
    try {
      checkArgument('Resilience', typeof work === 'function', 'what is run', 'a function', work);
      if (options !== null) checkCallOptions(options);
    } catch (error) {
      return Promise.reject(error);
    }
    const marks = ambientMarks();
    const outer = marks === null ? null : marks.ambientCall;
    const isInSession = marks !== null && marks.ambientSession !== null;
    const own = options?.signal ?? null;
    let signal: AbortSignal | AmbientCall | null = own;
    let deadline = options?.deadlineMs === undefined ? null : Deadline.after(options.deadlineMs, this.#clock);
    if (outer !== null) {
      if (own === null) signal = outer;
      else if (outer.signal !== null) signal = AbortSignal.any([own, outer.signal]);
      deadline = deadline?.within(outer.deadline) ?? outer.deadline;
    }
    const whole = new WholeCall(
      operation,
      this.#layer,
      this.#source,
      work,
      target,
      args,
      outer,
      isInSession,
      this.#isLoose,
    );
    this.#stack(new RunningCall(whole, 1, signal, deadline, null, null, null), whole);
    whole.isLoose = true;
    whole.isUnderWay = true;
    return (whole.answered ?? whole.promised()) as Promise<Result>;
  }
}

function checkedPolicies({ policies }: ResilienceArgs): Policy[] {
  checkArgument('Resilience', typeof policies === 'object' && policies !== null, 'policies', 'a list', policies);
  const list = [...policies];
  for (const policy of list) {
    const isPolicy = typeof policy?.name === 'string' && typeof policy.execute === 'function';
    checkArgument('Resilience', isPolicy, 'policies', 'a list of policies', policy);
  }
  return list;
}

function around(next: Way, policy: Policy): Way {
  const start = policy instanceof DirectPolicy ? policy.start.bind(policy) : byPromises(policy);
  return (call, answer) => {
    try {
      start(call, next, answer);
    } catch (error) {
      answer.fail(error);
    }
  };
}

/** A policy that waits for the outcome itself, as `DirectPolicy.start`. */
function byPromises(policy: Policy): DirectPolicy['start'] {
  return (call, next, answer) => {
    const promised = <Result>(inner: Call): Promise<Result> => promiseOf(inner, next);
    policy.execute(call, promised).then(
      (value) => answer.give(value),
      (error: unknown) => answer.fail(error),
    );
  };
}
