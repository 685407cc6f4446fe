import { describe, expect, it } from '@jest/globals';
import { soakVerdict, type TimedSample } from '../src/soak/soak-verdict.js';

const MEGABYTE = 1024 * 1024;

/** Samples of ten minutes in which nothing grows but what is said. */
function samples(changed: (index: number) => Partial<TimedSample> = () => ({})): readonly TimedSample[] {
  return Array.from({ length: 60 }, (_, index) => ({
    atMs: index * 10_000,
    heapBytes: 20 * MEGABYTE + (index % 3) * 1_000,
    externalBytes: 4 * MEGABYTE,
    codeBytes: 3 * MEGABYTE,
    residentBytes: 100 * MEGABYTE,
    resources: { TCPSocketWrap: 10 },
    pool: { max: 10, total: 10, idle: 10, waiting: 0 },
    connections: { connections: 10, preparedStatements: 50, backendBytes: 4 * MEGABYTE },
    metricsBytes: 100_000,
    actions: { get: 100 },
    errors: { EntityNotFound: 1 },
    retries: 0,
    replays: 0,
    cpuMicros: 1_000_000,
    ...changed(index),
  }));
}

describe('The verdict on a soak', () => {
  it('is that nothing is missed where nothing grows', () => {
    expect(soakVerdict(samples(), 10).missed).toEqual([]);
  });

  it('does not hold against a program what V8 compiles', () => {
    const compiling = samples((index) => ({
      heapBytes: 20 * MEGABYTE + index * 9_000,
      codeBytes: 3 * MEGABYTE + index * 9_000,
    }));

    expect(soakVerdict(compiling, 10).missed).toEqual([]);
  });

  it.each<[string, (index: number) => Partial<TimedSample>, string]>([
    ['the heap', (index) => ({ heapBytes: 20 * MEGABYTE + index * 4_000 }), 'Memory after collection'],
    ['buffers', (index) => ({ externalBytes: 4 * MEGABYTE + index * 4_000 }), 'Memory after collection'],
    ['timers', (index) => ({ resources: { TCPSocketWrap: 10, Timeout: index } }), 'Handles of the kind Timeout'],
    [
      'prepared statements',
      (index) => ({ connections: { connections: 10, preparedStatements: 50 + index, backendBytes: 4 * MEGABYTE } }),
      'Prepared statements',
    ],
    ['the page of metrics', (index) => ({ metricsBytes: 100_000 + index * 200 }), 'KB of the page of metrics'],
    [
      'who waits for a connection',
      () => ({ pool: { max: 10, total: 10, idle: 0, waiting: 1 } }),
      'Nobody waits for a connection',
    ],
    [
      'errors',
      (index) => ({ errors: index === 40 ? { TypeError: 1 } : {} }),
      'Errors that nobody asked for: TypeError',
    ],
  ])('names %s where they grow', (_, changed, named) => {
    const { missed } = soakVerdict(samples(changed), 10);

    expect(missed).toHaveLength(1);
    expect(missed[0]).toContain(named);
  });
});
