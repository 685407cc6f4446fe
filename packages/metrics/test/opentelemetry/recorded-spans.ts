import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** The SDK as an application registers it, and the spans that have ended. */
export class RecordedSpans {
  readonly #exporter = new InMemorySpanExporter();
  readonly #provider: BasicTracerProvider;

  private constructor(sampler?: Sampler) {
    const spanProcessors = [new SimpleSpanProcessor(this.#exporter)];
    this.#provider = new BasicTracerProvider({ spanProcessors, ...(sampler && { sampler }) });
  }

  static register(sampler?: Sampler): RecordedSpans {
    const recorded = new RecordedSpans(sampler);
    trace.setGlobalTracerProvider(recorded.#provider);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    return recorded;
  }

  get provider(): BasicTracerProvider {
    return this.#provider;
  }

  /** In the order in which they ended. */
  all(): ReadableSpan[] {
    return this.#exporter.getFinishedSpans();
  }

  /** The only one of that name. */
  one(name: string): ReadableSpan {
    const [span, ...others] = this.named(name);
    if (span === undefined || others.length > 0) {
      throw new Error(`Not one span ${name}, but ${JSON.stringify(this.all().map((each) => each.name))}.`);
    }
    return span;
  }

  named(name: string): ReadableSpan[] {
    return this.all().filter((span) => span.name === name);
  }

  clear(): void {
    this.#exporter.reset();
  }

  async unregister(): Promise<void> {
    trace.disable();
    context.disable();
    await this.#provider.shutdown();
  }
}

/** All that a span would send to anybody. */
export function textOf(span: ReadableSpan): string {
  const { name, attributes, status, events, links } = span;
  return JSON.stringify({ name, attributes, status, events, links });
}

export const unset = { code: SpanStatusCode.UNSET };
