import { afterEach, describe, expect, it } from '@jest/globals';
import { type Call, type Policy, Resilience } from '@holdfast/resilience';
import { context, trace } from '@opentelemetry/api';
import { AlwaysOffSampler, ParentBasedSampler, type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { TracingPolicy } from '@holdfast/metrics/opentelemetry';
import { RecordedSpans } from './recorded-spans.js';

let registered: RecordedSpans | null = null;

afterEach(async () => {
  await registered?.unregister();
  registered = null;
});

/** Shows the calls on both sides of a TracingPolicy. */
function between(tracing: TracingPolicy): {
  readonly stack: Resilience;
  readonly outside: Call[];
  readonly inside: Call[];
} {
  const [outside, inside]: Call[][] = [[], []];
  const look = (calls: Call[] = []): Policy => ({
    name: 'look',
    execute(call, next) {
      calls.push(call);
      return next(call);
    },
  });
  return {
    stack: new Resilience({ policies: [look(outside), tracing, look(inside)] }),
    outside: outside!,
    inside: inside!,
  };
}

describe('a TracingPolicy', () => {
  it('hands on the very call while no provider is registered, and makes nothing current', async () => {
    const { stack, outside, inside } = between(new TracingPolicy());

    const current = await stack.execute('get', async () => trace.getSpan(context.active()));

    expect(current).toBeUndefined();
    expect(inside[0]).toBe(outside[0]);
    expect(inside[0]?.isHeard).toBe(false);
  });

  it('makes spans as soon as one is registered, though it was made and called before', async () => {
    const stack = new Resilience({ policies: [new TracingPolicy()] });
    await stack.execute('before', async () => undefined);
    registered = RecordedSpans.register();

    await stack.execute('after', async () => undefined);

    expect(registered.all().map(({ name }) => name)).toEqual(['after']);
  });

  it('tells what is traced inside that its trace was not sampled, and hears nothing of it', async () => {
    // Asked for themselves, the spans inside would all be sampled.
    registered = RecordedSpans.register(new ParentBasedSampler({ root: allBut('get') }));
    const { stack, outside, inside } = between(new TracingPolicy());

    await stack.execute('get', async () => {
      const child = trace.getTracer('child').startSpan('child');
      child.end();
    });

    expect(registered.all()).toEqual([]);
    expect(inside[0]).toBe(outside[0]);
  });

  it('hands on what the work rejects with, though the trace was not sampled', async () => {
    registered = RecordedSpans.register(new AlwaysOffSampler());
    const error = new Error('x');

    await expect(
      new Resilience({ policies: [new TracingPolicy()] }).execute('get', () => Promise.reject(error)),
    ).rejects.toBe(error);
  });
});

function allBut(left: string): Sampler {
  return {
    shouldSample: (_context, _traceId, name) => ({
      decision: name === left ? SamplingDecision.NOT_RECORD : SamplingDecision.RECORD_AND_SAMPLED,
    }),
    toString: () => `all but ${left}`,
  };
}
