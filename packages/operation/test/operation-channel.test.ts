import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { observeOperations, type OperationEvent, operationsAreObserved, publishOperation } from '../src/index.js';

const event: OperationEvent = {
  kind: 'started',
  at: { domain: 'repository', layer: 'user_repository' },
  operation: 'getUser',
  source: null,
};
const ends: (() => void)[] = [];

function observe(observer: (event: OperationEvent) => void): () => void {
  const end = observeOperations(observer);
  ends.push(end);
  return end;
}

describe('the channel of operations', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    ends.splice(0).forEach((end) => end());
  });

  it('gives each observer every event, as it is', () => {
    const seen: OperationEvent[] = [];
    observe((one) => seen.push(one));
    observe((one) => seen.push(one));

    publishOperation(event);

    expect(seen).toEqual([event, event]);
    expect(seen[0]).toBe(event);
  });

  it('is observed as long as somebody does', () => {
    expect(operationsAreObserved()).toBe(false);
    const first = observe(() => {});
    const second = observe(() => {});
    first();
    expect(operationsAreObserved()).toBe(true);
    second();
    second();
    expect(operationsAreObserved()).toBe(false);
  });

  it('gives nothing to an observer that has ended', () => {
    let seen = 0;
    const end = observe(() => seen++);
    publishOperation(event);
    end();
    publishOperation(event);
    expect(seen).toBe(1);
  });

  it('publishes to nobody without complaint', () => expect(() => publishOperation(event)).not.toThrow());

  const failures: readonly (readonly [string, () => unknown])[] = [
    ['throws', () => { throw new Error('the observer failed'); }], // prettier-ignore
    ['throws what has no text', () => { throw Object.create(null); }], // prettier-ignore
    ['rejects', () => Promise.reject(new Error('the observer failed'))],
  ];

  it.each(failures)(
    'keeps an observer that %s from the publisher and from others, and reports it once',
    async (_name, fail) => {
      const reports: unknown[] = [];
      const reported = new Promise<void>((resolve) => {
        jest
          .spyOn(process, 'emitWarning')
          .mockImplementation((...report: unknown[]) => resolve(void reports.push(report)));
      });
      let calls = 0;
      let others = 0;
      observe(() => {
        calls++;
        return fail() as void;
      });
      observe(() => others++);

      for (let i = 0; i < 3; i++) expect(() => publishOperation(event)).not.toThrow();

      await reported;
      await turn();
      expect([calls, others]).toEqual([3, 3]);
      expect(reports).toEqual([[expect.stringContaining('An observer'), { code: 'HOLDFAST_OBSERVER_FAILED' }]]);
    },
  );
});
