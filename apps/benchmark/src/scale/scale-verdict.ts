import type { MeasuredCurve, MeasuredPoint } from './curve.js';

/** Time of a cursor page at the greatest depth, at most, as a ratio to the first page. */
const MOST_FOR_DEPTH = 1.3;
/** Calls of the caller that got the fewest, at least, as a ratio to the mean of all. */
const LEAST_SHARE = 0.5;

/** What the targets are about. */
export interface ScaleVerdict {
  readonly sentences: readonly string[];
  readonly missed: readonly string[];
}

/** Whether depth costs nothing, and whether nobody starves. */
export function scaleVerdict(curves: readonly MeasuredCurve[]): ScaleVerdict {
  const deepest = ours(curves, 'page-depth', 'cursor page').at(-1);
  const shares = ours(curves, 'caller-count', 'get');
  const sentences: string[] = [];
  const missed: string[] = [];
  const judge = (sentence: string, isMissed: boolean): void => {
    sentences.push(sentence);
    if (isMissed) missed.push(sentence);
  };
  if (deepest !== undefined) {
    const { x, timeToFirst } = deepest;
    const ratio = timeToFirst.toFixed(2);
    judge(
      `A cursor page at depth ${x.toLocaleString('en')} takes ${ratio} times as long as the first; at most ${MOST_FOR_DEPTH} is the target.`,
      timeToFirst > MOST_FOR_DEPTH,
    );
  }
  if (shares.length > 0) {
    const { x, fewest, mostMicros } = shares.reduce((least, point) => (point.fewest < least.fewest ? point : least));
    judge(
      `Of the callers, the one with the fewest calls got ${fewest.toFixed(2)} of the mean (${x} callers, longest call ${(mostMicros / 1_000).toFixed(0)} ms); at least ${LEAST_SHARE} is the target.`,
      fewest < LEAST_SHARE,
    );
  }
  return { sentences, missed };
}

function ours(curves: readonly MeasuredCurve[], name: string, label: string): readonly MeasuredPoint[] {
  const curve = curves.find((one) => one.curve.name === name);
  return curve?.lines.find((line) => line.label === label && line.contender === 'holdfast')?.points ?? [];
}
