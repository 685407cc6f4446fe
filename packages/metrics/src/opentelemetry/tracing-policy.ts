import type { OperationLayer } from '@holdfast/operation';
import type { Call, Policy } from '@holdfast/resilience';
import {
  type Attributes,
  context,
  isSpanContextValid,
  type Link,
  type Span,
  type SpanContext,
  SpanKind,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { FailureReport } from './failure-report.js';
import { SCOPE } from './instrumentation-scope.js';
import { OperationSpan } from './operation-span.js';

export interface TracingArgs {
  /** What makes the spans. Default: that of the provider that the application has registered, or registers later. */
  readonly tracer?: Tracer;
  /** What spans are named after. Default: the layer of the stack's first `MetricPolicy`, if it has one. */
  readonly layer?: OperationLayer;
  /** What every span shall say besides, e.g. the shard that a stack is for. Default none. */
  readonly attributes?: Attributes;
  /** Inside of a retry, where each attempt has a span: whether it links to the one before. Default true. */
  readonly linkAttempts?: boolean;
}

/**
 * Makes a span of every call, e.g. `session_repository.getSessionById`, that is current while the call runs: spans of what
 * it does, those of pg for instance, are its children. What the policies inside of it do is told by events of the span, so
 * `tracing(retry(call))` is one span for all attempts, and `retry(tracing(call))` one for each.
 *
 * The status is ERROR where the operation failed by no fault of the caller's: not for errors with an `httpStatus` below
 * 500, and not where the caller's signal ended it. `error.type` is there for those as well. No text of a foreign error,
 * no SQL and no values come into a span. A tracer that throws is reported once, as a process warning, and disturbs no call.
 */
export class TracingPolicy implements Policy {
  readonly name = 'tracing';
  declare readonly layer?: OperationLayer;
  readonly #attributes: Attributes;
  readonly #failedAttempts: WeakMap<object, SpanContext> | null;
  readonly #failures = new FailureReport();
  #tracer: Tracer | null;

  constructor(args: TracingArgs = {}) {
    const { tracer, layer, attributes, linkAttempts } = args;
    if (layer !== undefined) this.layer = Object.freeze({ ...layer });
    this.#attributes = { ...attributes };
    this.#failedAttempts = linkAttempts === false ? null : new WeakMap();
    this.#tracer = tracer ?? null;
  }

  execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
    const operation = this.#start(call);
    if (operation === null) return next(call);
    // Not sampled: neither are the spans inside, which see so by this one.
    if (!operation.isRecording) return this.#within(operation.span, call, next);

    return this.#within(operation.span, call.with({ listener: operation.hear }), next).then(
      (value) => {
        operation.succeed();
        return value;
      },
      (error: unknown) => {
        operation.fail(error, call.signal);
        if (call.isRetried) this.#failedAttempts?.set(call.root, operation.context);
        throw error;
      },
    );
  }

  /** Null while nothing makes spans. */
  #start(call: Call): OperationSpan | null {
    try {
      this.#tracer ??= registeredTracer();
      if (this.#tracer === null) return null;
      const operation = new OperationSpan(this.#span(call, this.#tracer), this.#failures.make);
      return operation.isRecording || isSpanContextValid(operation.context) ? operation : null;
    } catch (error) {
      this.#failures.make(error);
      return null;
    }
  }

  #span(call: Call, tracer: Tracer): Span {
    const { operation, attempt } = call;
    const at = this.layer ?? call.layer;
    const attributes: Attributes = { ...this.#attributes, 'holdfast.operation': operation };
    if (at !== null) {
      attributes['holdfast.domain'] = at.domain;
      attributes['holdfast.layer'] = at.layer;
    }
    if (attempt > 1) attributes['holdfast.attempt'] = attempt;
    const name = at === null ? operation : `${at.layer}.${operation}`;
    return tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes, links: this.#links(call) });
  }

  #links({ attempt, root }: Call): Link[] {
    const before = attempt > 1 ? this.#failedAttempts?.get(root) : undefined;
    return before === undefined ? [] : [{ context: before }];
  }

  /** With the span being current. A context manager that throws must not make the call run twice. */
  #within<Result>(span: Span, call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
    const begun: { result?: Promise<Result> } = {};
    try {
      context.with(trace.setSpan(context.active(), span), () => {
        begun.result = next(call);
      });
    } catch (error) {
      this.#failures.make(error);
    }
    return begun.result ?? next(call);
  }
}

/** What the API hands out until the application has registered a provider, and in front of that one afterwards. */
interface MaybeProxy {
  getDelegateTracer?(name: string, version?: string): Tracer | undefined;
}

/** Null until there is a provider: asking so is cheaper than a span of a tracer that does nothing. */
function registeredTracer(): Tracer | null {
  const provider = trace.getTracerProvider() as MaybeProxy;
  const isWithout =
    provider.getDelegateTracer !== undefined && provider.getDelegateTracer(SCOPE.name, SCOPE.version) === undefined;
  return isWithout ? null : trace.getTracer(SCOPE.name, SCOPE.version);
}
