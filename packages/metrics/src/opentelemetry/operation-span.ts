import { isHoldfastError } from '@holdfast/errors';
import type { CallEvent } from '@holdfast/operation';
import { type Span, type SpanContext, SpanStatusCode } from '@opentelemetry/api';
import { errorAttributes } from './error-attributes.js';
import { isFailure } from './is-failure.js';
import { spanEvent } from './span-event.js';

// An event goes from the call that it belongs to outwards: the innermost span that hears it is the one to show it.
const shown = new WeakSet<CallEvent>();

/** The span of a call: once it is made, what it is told throws nothing, whatever the tracer's span does. */
export class OperationSpan {
  readonly span: Span;
  readonly context: SpanContext;
  readonly isRecording: boolean;
  readonly #report: (error: unknown) => void;
  #attempts = 1;
  #hasEnded = false;

  constructor(span: Span, report: (error: unknown) => void) {
    this.span = span;
    this.context = span.spanContext();
    this.isRecording = span.isRecording();
    this.#report = report;
  }

  readonly hear = (event: CallEvent): void => {
    if (this.#hasEnded || shown.has(event)) return;
    shown.add(event);
    if (event.kind === 'retried') this.#attempts = event.attempt + 1;
    this.#guard(() => {
      const { name, attributes } = spanEvent(event);
      this.span.addEvent(name, attributes);
    });
  };

  succeed(): void {
    this.#end();
  }

  fail(error: unknown, signal: AbortSignal | null): void {
    this.#guard(() => {
      this.span.setAttributes(errorAttributes(error));
      if (!isFailure(error, signal)) return;
      // Ours hold no text of a database and no values; what those of others hold, nobody knows.
      const message = isHoldfastError(error) ? { message: error.message } : {};
      this.span.setStatus({ code: SpanStatusCode.ERROR, ...message });
    });
    this.#end();
  }

  #end(): void {
    this.#hasEnded = true;
    this.#guard(() => {
      if (this.#attempts > 1) this.span.setAttribute('holdfast.attempts', this.#attempts);
    });
    this.#guard(() => this.span.end());
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#report(error);
    }
  }
}
