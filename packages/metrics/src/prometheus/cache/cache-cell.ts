import type { CacheAnswered, CacheInvalidated, OperationLayer } from '@holdfast/operation';
import type { Labels } from '../cells.js';
import { DurationHistogram } from '../duration-histogram.js';
import type { LabelValues } from '../label-values.js';
import { Tally } from '../tally.js';

const operations = ['get', 'fill', 'suspend', 'resume', 'invalidate'];

/** The plain numbers of the cache sources of one layer. */
export class CacheCell {
  readonly labels: Labels<'layer'>;
  readonly answers: Record<CacheAnswered['answer'], number> = { hit: 0, negative: 0, stale: 0, miss: 0, joined: 0 };
  readonly durations = new DurationHistogram();
  readonly failures: Tally;
  readonly invalidated: Record<CacheInvalidated['outcome'], number> = {
    suspended: 0,
    delivered: 0,
    failed: 0,
    late: 0,
    expired: 0,
    refused: 0,
  };
  readonly #pending = new Map<OperationLayer, number>();

  constructor(labels: CacheCell['labels'], operation: LabelValues) {
    this.labels = labels;
    this.failures = new Tally(operation, operations);
  }

  /** How many keys wait, of all sources. */
  get pending(): number {
    return [...this.#pending.values()].reduce((sum, keys) => sum + keys, 0);
  }

  /** How many of one source do. */
  wait(source: OperationLayer, keys: number): void {
    if (keys === 0) this.#pending.delete(source);
    else this.#pending.set(source, keys);
  }
}
