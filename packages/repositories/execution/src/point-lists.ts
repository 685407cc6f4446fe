import { InvalidInput } from '@holdfast/errors';
import { epochMicroseconds } from './epoch-microseconds.js';
import type { HistogramPoint, MetricPoint, RecordedMetric } from './metric-points.js';

/** Points of several metrics, column by column, in the text form of PostgreSQL's arrays. */
export class PointLists {
  readonly #metrics: number[] = [];
  readonly #times: string[] = [];
  readonly #steps: number[] = [];
  readonly #values: string[] = [];
  readonly #counts: string[] = [];
  readonly #least: string[] = [];
  readonly #greatest: string[] = [];

  get length(): number {
    return this.#metrics.length;
  }

  /** Adds a value of the metric at a position. Throws `InvalidInput` for what is no point. */
  addPoint(metric: number, { type }: RecordedMetric, { at, step = 0, value }: MetricPoint, pointer: string): void {
    if (typeof value !== 'number' || (type === 'counter' && value < 0)) throw invalid('No value of its type.', pointer);
    this.#add(metric, at, step, value, pointer);
  }

  /** Adds a point of a histogram. */
  addHistogram(metric: number, { bounds }: RecordedMetric, point: HistogramPoint, pointer: string): void {
    const { at, step = 0, counts, sum, min = null, max = null } = point;
    const isOne =
      Array.isArray(counts) &&
      counts.length === bounds!.length + 1 &&
      (counts as readonly number[]).every((count) => Number.isSafeInteger(count) && count >= 0);
    if (!isOne) throw invalid('A histogram has a count for each bound, and one more.', pointer);
    if ([sum, min ?? 0, max ?? 0].some((value) => typeof value !== 'number')) throw invalid('No number.', pointer);
    this.#add(metric, at, step, sum, pointer);
    this.#counts.push(`"{${counts.join()}}"`);
    this.#least.push(min === null ? 'NULL' : float(min));
    this.#greatest.push(max === null ? 'NULL' : float(max));
  }

  /** Where their metrics stand among those given, from 1 on, their times, steps and values or sums. */
  get columns(): readonly string[] {
    return [this.#metrics, this.#times, this.#steps, this.#values].map((list) => `{${list.join()}}`);
  }

  /** Of histograms: counts, each as an array, least and greatest values. */
  get histogramColumns(): readonly string[] {
    return [this.#counts, this.#least, this.#greatest].map((list) => `{${list.join()}}`);
  }

  #add(metric: number, at: Date, step: number, value: number, pointer: string): void {
    if (!Number.isSafeInteger(step)) throw invalid('A step is a whole number.', `${pointer}/step`);
    this.#metrics.push(metric + 1);
    this.#times.push(epochMicroseconds(at, `${pointer}/at`));
    this.#steps.push(step);
    this.#values.push(float(value));
  }
}

/** As PostgreSQL reads floats (8.1.3), all of them: String loses the sign of zero. */
function float(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

const invalid = (message: string, pointer: string): InvalidInput => new InvalidInput('INVALID_VALUE', message, pointer);
