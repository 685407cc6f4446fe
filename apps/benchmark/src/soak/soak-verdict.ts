import { slope } from './slope.js';
import type { SoakSample } from './soak-sample.js';
import { CONNECTIONS } from './soak-load.js';

const MEGABYTE = 1024 * 1024;
/** Megabytes that memory may grow in an hour. */
const MOST_PER_HOUR = 1;
/** What may be counted more in the last third of the samples than in the first: something that is just ending. */
const SLACK = 1;

/** What actions may fail with: what they ask for, and what is done to them. */
const expectedErrors: ReadonlySet<string> = new Set([
  'EntityNotFound',
  'DeadlineExceeded',
  'AbortError',
  // A server process is ended now and then.
  'ConnectionLost',
  'AmbiguousCommitError',
  // Everybody uses the same items: at some point it is not tried again.
  'SerializationFailure',
  'DeadlockDetected',
]);

export interface SoakVerdict {
  /** What was seen, as sentences. */
  readonly sentences: readonly string[];
  readonly missed: readonly string[];
}

/** A sample and when it was taken, in milliseconds since the first. */
export interface TimedSample extends SoakSample {
  readonly atMs: number;
}

/** Memory that the program keeps: all that there is after collection but for compiled code. */
export function keptBytes({ heapBytes, externalBytes, codeBytes }: SoakSample): number {
  return heapBytes + externalBytes - codeBytes;
}

/** Whether anything grew. */
export function soakVerdict(samples: readonly TimedSample[], minutes: number): SoakVerdict {
  const sentences: string[] = [];
  const missed: string[] = [];
  const judge = (sentence: string, isHeld: boolean): void => {
    sentences.push(sentence);
    if (!isHeld) missed.push(sentence);
  };
  const memory = samples.map((sample) => [sample.atMs, keptBytes(sample)] as const);
  const perHour = (slope(memory) * 3_600_000) / MEGABYTE;
  judge(
    `Memory after collection, without compiled code, grows by ${perHour.toFixed(2)} MB per hour, extrapolated from ${samples.length} samples in ${minutes} minutes; at most ${MOST_PER_HOUR} is the target.`,
    perHour <= MOST_PER_HOUR,
  );
  const flat = (name: string, of: (sample: SoakSample) => number, slack = SLACK): void => {
    const { before, after } = thirds(samples.map(of));
    judge(
      `${name}: at most ${before} in the first third of the samples, ${after} in the last.`,
      after <= before + slack,
    );
  };
  for (const kind of new Set(samples.flatMap(({ resources }) => Object.keys(resources)))) {
    flat(`Handles of the kind ${kind}`, ({ resources }) => resources[kind] ?? 0);
  }
  flat('Connections', ({ pool }) => pool.total, 0);
  judge(
    `The pool has ${CONNECTIONS} connections at most.`,
    samples.every(({ pool }) => pool.total <= CONNECTIONS),
  );
  judge(
    'Nobody waits for a connection when nothing runs.',
    samples.every(({ pool }) => pool.waiting === 0),
  );
  flat('Prepared statements of a connection', ({ connections }) => connections.preparedStatements);
  flat('KB of a server process', ({ connections }) => Math.round(connections.backendBytes / 1024), 512);
  flat('KB of the page of metrics', ({ metricsBytes }) => Math.round(metricsBytes / 1024));
  const strange = samples.flatMap(({ errors }) => Object.keys(errors)).filter((name) => !expectedErrors.has(name));
  judge(`Errors that nobody asked for: ${[...new Set(strange)].join(', ') || 'none'}.`, strange.length === 0);
  return { sentences, missed };
}

function thirds(values: readonly number[]): { readonly before: number; readonly after: number } {
  const third = Math.max(1, Math.floor(values.length / 3));
  return { before: Math.max(...values.slice(0, third)), after: Math.max(...values.slice(-third)) };
}
