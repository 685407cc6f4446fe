import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Resilience } from '@holdfast/resilience';
import { context, type ContextManager, ROOT_CONTEXT, type Span, trace, type Tracer } from '@opentelemetry/api';
import { TracingPolicy } from '@holdfast/metrics/opentelemetry';
import { RecordedSpans } from './recorded-spans.js';

let spans: RecordedSpans;
const warnings: unknown[] = [];

beforeEach(() => {
  spans = RecordedSpans.register();
  warnings.length = 0;
  jest.spyOn(process, 'emitWarning').mockImplementation((...warning: unknown[]) => void warnings.push(warning));
});

afterEach(async () => {
  jest.restoreAllMocks();
  await spans.unregister();
});

const broken = (): never => {
  throw new Error('The tracer is broken.');
};

/** A tracer whose spans throw in one of their methods. */
function tracerWith(methods: Partial<Span>): Tracer {
  const tracer = trace.getTracer('broken');
  return {
    startSpan: (...args) => Object.assign(tracer.startSpan(...args), methods),
    startActiveSpan: broken,
  };
}

describe('a call that a broken tracer traces', () => {
  it.each([
    ['startSpan', { startSpan: broken, startActiveSpan: broken }],
    ['isRecording', tracerWith({ isRecording: broken })],
    ['spanContext', tracerWith({ spanContext: broken })],
    ['addEvent', tracerWith({ addEvent: broken })],
    ['setAttribute', tracerWith({ setAttribute: broken })],
    ['setAttributes', tracerWith({ setAttributes: broken })],
    ['setStatus', tracerWith({ setStatus: broken })],
    ['end', tracerWith({ end: broken })],
  ])('ends as without it, where %s throws', async (_method, tracer) => {
    const resilience = new Resilience({ policies: [new TracingPolicy({ tracer })] });
    const error = new Error('Of the work.');
    let calls = 0;
    const work = async (): Promise<number> => ++calls;

    expect(await resilience.execute('get', work)).toBe(1);
    await expect(resilience.execute('get', () => Promise.reject(error))).rejects.toBe(error);
    expect(calls).toBe(1);
  });

  it('ends the span, though the span cannot take the error', async () => {
    const tracer = tracerWith({ setAttributes: broken });
    const resilience = new Resilience({ policies: [new TracingPolicy({ tracer })] });

    await expect(resilience.execute('get', () => Promise.reject(new Error('x')))).rejects.toThrow('x');

    expect(spans.one('get').ended).toBe(true);
  });

  it('is warned of once', async () => {
    const tracer = tracerWith({ end: broken });
    const resilience = new Resilience({ policies: [new TracingPolicy({ tracer })] });

    await resilience.execute('get', async () => undefined);
    await resilience.execute('get', async () => undefined);

    expect(warnings).toEqual([[expect.stringContaining('The tracer is broken.'), { code: 'HOLDFAST_TRACER_FAILED' }]]);
  });
});

describe('a call under a broken context manager', () => {
  const manager = (run: ContextManager['with']): ContextManager => ({
    active: () => ROOT_CONTEXT,
    with: run,
    bind: (_context, target) => target,
    enable: () => manager(run),
    disable: () => manager(run),
  });

  it.each([
    ['before the call', manager(broken)],
    [
      'after it',
      manager((_context, fn, self, ...args) => {
        fn.call(self as ThisParameterType<typeof fn>, ...args);
        return broken();
      }),
    ],
  ])('runs once, where it throws %s', async (_when, contextManager) => {
    context.disable();
    context.setGlobalContextManager(contextManager);
    let calls = 0;

    await new Resilience({ policies: [new TracingPolicy()] }).execute('create', async () => ++calls);

    expect(calls).toBe(1);
  });
});
