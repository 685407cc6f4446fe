import type { AskedProcess } from '../asked-process.js';
import { seededOrder } from '../resilience/seeded-order.js';
import { spread } from '../spread.js';
import { CONTENDERS, type Curve, type CurvePlace, type MeasuredCurve, type MeasuredPoint } from './curve.js';
import type { WorkFigures } from './run-work.js';
import type { ScaleAnswer, ScaleQuestion } from './scale-question.js';

export type ScaleProcess = AskedProcess<ScaleQuestion, ScaleAnswer>;

export interface ScalePlan {
  readonly rounds: number;
  readonly sliceMs: number;
  /** Calls at each place before it is measured: by time, a busy machine would measure cold code. */
  readonly warmUpCalls: number;
}

/** Milliseconds that warming up takes at most: of what is slow, few calls do. */
const MOST_WARM_UP = 4_000;

interface Place extends CurvePlace {
  readonly key: string;
  readonly process: ScaleProcess;
}

const figuresOf: readonly (keyof WorkFigures)[] = [
  'calls',
  'opsPerSecond',
  'cpuMicrosPerOp',
  'p50Micros',
  'p99Micros',
  'mostMicros',
  'fewest',
];

/** Measures a curve: a slice of every line of every contender at every place in turn, round after round. */
export async function measureCurve(
  curve: Curve,
  processes: ReadonlyMap<string, ScaleProcess>,
  { rounds: count, sliceMs, warmUpCalls }: ScalePlan,
): Promise<MeasuredCurve> {
  const keyOf = (label: string, contender: string, x: number): string => [label, contender, x].join();
  const places: Place[] = curve.xs.flatMap((x) =>
    curve.lines.flatMap(({ label, at }) =>
      CONTENDERS.map((name) => ({ key: keyOf(label, name, x), process: processes.get(name)!, ...at(x) })),
    ),
  );
  for (const [first, other] of pairs(places)) await checkSame(first, other);
  for (const place of places) await warmUp(place, warmUpCalls, sliceMs);
  const shuffled = seededOrder(1);
  const rounds: ReadonlyMap<string, WorkFigures>[] = [];
  for (let round = 0; round < count; round++) {
    const results = new Map<string, WorkFigures>();
    // What comes before, and leaves caches and the server as it likes them, is another each time.
    for (const place of shuffled(places)) {
      results.set(place.key, await slice(place, sliceMs));
    }
    rounds.push(results);
  }
  const median = (of: (results: ReadonlyMap<string, WorkFigures>) => number): number => spread(rounds.map(of)).median;
  const pointAt = (label: string, contender: string, x: number): MeasuredPoint => {
    const own = keyOf(label, contender, x);
    const ratio = (figure: keyof WorkFigures, other: string): number =>
      median((results) => results.get(own)![figure] / results.get(other)![figure]);
    const first = keyOf(label, contender, curve.xs[0]!);
    const byHand = keyOf(label, 'pg', x);
    const medians = figuresOf.map((figure) => [figure, median((results) => results.get(own)![figure])]);
    return {
      x,
      ...(Object.fromEntries(medians) as Record<keyof WorkFigures, number>),
      timeToFirst: ratio('p50Micros', first),
      cpuToFirst: ratio('cpuMicrosPerOp', first),
      timeToPg: ratio('p50Micros', byHand),
      cpuToPg: ratio('cpuMicrosPerOp', byHand),
    };
  };
  const lines = curve.lines.flatMap(({ label }) =>
    CONTENDERS.map((contender) => ({ label, contender, points: curve.xs.map((x) => pointAt(label, contender, x)) })),
  );
  return { curve, lines };
}

function pairs(places: readonly Place[]): readonly (readonly [Place, Place])[] {
  return places.flatMap((place, i) => (i % CONTENDERS.length === 0 ? [[place, places[i + 1]!] as const] : []));
}

/** Throws if two contenders do not return the same. */
async function checkSame(first: Place, other: Place): Promise<void> {
  const [one, two] = await Promise.all([first, other].map(({ process, task }) => process.ask({ task, slice: null })));
  if (JSON.stringify(one) === JSON.stringify(two)) return;
  const said = [one, two].map((answer) => JSON.stringify(answer).slice(0, 500)).join('\n');
  throw new Error(`${JSON.stringify(first.task)}: the contenders do not return the same:\n${said}`);
}

/** Runs a place at least twice, and for as many calls. */
async function warmUp(place: Place, calls: number, sliceMs: number): Promise<void> {
  const end = performance.now() + MOST_WARM_UP;
  let done = 0;
  for (let run = 0; run < 2 || (done < calls && performance.now() < end); run++) {
    done += (await slice(place, sliceMs)).calls;
  }
}

async function slice({ process, task, callers }: Place, ms: number): Promise<WorkFigures> {
  const answer = await process.ask({ task, slice: { callers, ms } });
  if (!('figures' in answer)) throw new Error(`${process.name}: ${JSON.stringify(answer)}`);
  return answer.figures;
}
