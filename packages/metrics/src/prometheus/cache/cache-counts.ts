import type { CacheEvent, OperationLayer } from '@holdfast/operation';
import { Cells } from '../cells.js';
import { KnownCells } from '../known-cells.js';
import { LabelValues } from '../label-values.js';
import { CacheCell } from './cache-cell.js';

/** Counts what happens to cache sources, by their layers: never by a key or a tenant. */
export class CacheCounts {
  readonly cells: Cells<'layer', CacheCell>;
  readonly #labelOf: (operation: string) => string;
  readonly #known: KnownCells<CacheCell>;

  constructor(maxLabelValues: number, labelOf: (operation: string) => string) {
    const operation = new LabelValues(maxLabelValues);
    this.#labelOf = labelOf;
    this.#known = new KnownCells(maxLabelValues);
    this.cells = new Cells(['layer'], maxLabelValues, (labels) => new CacheCell(labels, operation));
  }

  count(event: CacheEvent): void {
    const cell = this.#known.get(event.at, '') ?? this.#find(event.at);
    switch (event.kind) {
      case 'cache-answered':
        cell.answers[event.answer] += 1;
        cell.durations.observe(event.durationMs);
        return;
      case 'cache-failed':
        cell.failures.count(this.#labelOf(event.operation));
        return;
      case 'cache-invalidated':
        cell.invalidated[event.outcome] += event.keys;
        return;
      case 'cache-invalidations-pending':
        cell.wait(event.at, event.keys);
    }
  }

  #find(at: OperationLayer): CacheCell {
    const cell = this.cells.of({ layer: at.layer });
    this.#known.remember(at, '', cell);
    return cell;
  }
}
