import { Misuse } from '@holdfast/errors';
import {
  type CallOptions,
  type Clock,
  Deadline,
  type EventSource,
  type OperationLayer,
  systemClock,
} from '@holdfast/operation';
import type { Call } from './call.js';
import type { Next, Policy } from './policy.js';
import { replacement } from './replacement.js';
import { type AsyncFunction, perform, RunningCall } from './running-call.js';

export interface ResilienceArgs {
  /** The first policy is the outermost: `[metrics, retry]` means `metrics(retry(call))`. None is allowed. */
  readonly policies: readonly Policy[];
  /** A name for people. Default null. */
  readonly name?: string | null;
  /** What events are published under, so that two applications in one process can tell theirs apart. Default null. */
  readonly source?: EventSource;
  /** What `deadlineMs` of a call is measured with. Default `systemClock`. */
  readonly clock?: Clock;
}

/** Decorates a method that returns a promise; its type, name and length are kept. */
export type ResilientMethod = <Method extends AsyncFunction>(
  method: Method,
  context: ClassMethodDecoratorContext,
) => Method;

type Host = { readonly [replacement]?: Resilience } | null | undefined;

/**
 * A stack of policies to run calls in. Make one for each layer, at module level, and share it:
 * what its policies keep (budgets, for instance) is meant to be shared by the calls of that layer.
 */
export class Resilience {
  readonly name: string | null;
  readonly #policies: readonly Policy[];
  readonly #source: EventSource;
  readonly #clock: Clock;
  readonly #layer: OperationLayer | null;
  readonly #stack: Next;

  constructor(args: ResilienceArgs) {
    this.name = args.name ?? null;
    this.#policies = [...args.policies];
    this.#source = args.source ?? null;
    this.#clock = args.clock ?? systemClock;
    this.#layer = this.#policies.find((policy) => policy.layer !== undefined)?.layer ?? null;
    this.#stack = this.#policies.reduceRight<Next>(around, perform);
  }

  /**
   * Decorates a public method that returns a promise, so that its calls run in this stack under the method's name.
   * An instance that was given to `useResilience` uses its own stack instead.
   * A method that does not return a promise does not compile.
   * Throws Misuse when the class is defined, for anything but a public, named method of instances.
   */
  apply(): ResilientMethod {
    return (method, context) => {
      const operation = operationOf(context);
      const standard = this;
      const decorated = function (this: Host, ...args: unknown[]): Promise<unknown> {
        return (this?.[replacement] ?? standard).run(operation, method, this, args);
      };
      return inTheShapeOf(method, decorated);
    };
  }

  /** Returns `fn` with its calls run in this stack under the name `operation`. `this`, name and length are kept. */
  wrap<Fn extends AsyncFunction>(operation: string, fn: Fn): Fn {
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

  /** The stack as a formula, e.g. `metrics(retry(call))`. */
  describe(): string {
    return this.#policies.reduceRight((inner, policy) => `${policy.name}(${inner})`, 'call');
  }

  /** The same policies, sharing what they keep, with their events published under `source`. */
  withSource(source: EventSource): Resilience {
    return new Resilience({ policies: this.#policies, name: this.name, source, clock: this.#clock });
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
    const deadline = options?.deadlineMs === undefined ? null : Deadline.after(options.deadlineMs, this.#clock);
    const signal = options?.signal ?? null;
    return this.#stack(new RunningCall(operation, 1, signal, deadline, this.#layer, this.#source, work, target, args));
  }
}

function around(next: Next, policy: Policy): Next {
  return <Result>(call: Call): Promise<Result> => {
    try {
      return policy.execute<Result>(call, next);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

function operationOf(context: ClassMethodDecoratorContext): string {
  // With `experimentalDecorators` the second argument is a property key.
  if (typeof context !== 'object')
    throw new Misuse('apply() is a standard decorator: turn experimentalDecorators off, or use wrap().');
  const name = String(context.name);
  if (context.kind !== 'method')
    throw new Misuse(`apply() decorates methods, and ${name} is a ${String(context.kind)}.`);
  if (context.static) throw new Misuse(`apply() decorates methods of instances, and ${name} is static: use wrap().`);
  if (context.private) throw new Misuse(`apply() decorates public methods, and ${name} is private.`);
  if (typeof context.name === 'symbol')
    throw new Misuse(`apply() needs a name to report under, and ${name} has none: use wrap().`);
  return context.name;
}

function inTheShapeOf<Fn extends AsyncFunction>(original: Fn, replacing: (...args: unknown[]) => Promise<unknown>): Fn {
  Object.defineProperty(replacing, 'name', { value: original.name, configurable: true });
  Object.defineProperty(replacing, 'length', { value: original.length, configurable: true });
  return replacing as AsyncFunction as Fn;
}
