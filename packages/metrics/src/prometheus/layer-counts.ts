import { CANCELED_ERROR_CODE, type ErrorCode, errorCodeOf, FOREIGN_ERROR_CODE } from '@holdfast/errors';
import type { OperationEnded, OperationEvent, OperationLayer } from '@holdfast/operation';
import { Cells } from './cells.js';
import type { Exemplars } from './exemplars.js';
import { KnownCells } from './known-cells.js';
import { LabelValues } from './label-values.js';
import { OperationCell } from './operation-cell.js';

/** What happens in layers. */
export type LayerEvent = Extract<
  OperationEvent,
  { readonly kind: 'started' | 'ended' | 'retried' | 'given-up' | 'timed-out' | 'rejected' | 'fell-back' }
>;

export interface LayerCountsArgs {
  readonly maxLabelValues: number;
  readonly labelOf: (operation: string) => string;
  /** The names of those policies of a layer that may reject a call. */
  readonly rejecting: (at: OperationLayer) => Iterable<string>;
  readonly exemplars: Exemplars | null;
}

/** Counts what happens in layers. */
export class LayerCounts {
  readonly cells: Cells<'domain' | 'layer' | 'operation', OperationCell>;
  readonly #args: LayerCountsArgs;
  readonly #exemplars: Exemplars | null;
  readonly #known: KnownCells<OperationCell>;

  constructor(args: LayerCountsArgs) {
    const { maxLabelValues } = args;
    const further = {
      errorCode: new LabelValues(maxLabelValues),
      reason: new LabelValues(maxLabelValues),
      policy: new LabelValues(maxLabelValues),
    };
    this.#args = args;
    this.#exemplars = args.exemplars;
    this.#known = new KnownCells(maxLabelValues);
    this.cells = new Cells(
      ['domain', 'layer', 'operation'],
      maxLabelValues,
      (labels) => new OperationCell(labels, further),
    );
  }

  count(event: LayerEvent, at: OperationLayer): void {
    const cell = this.#known.get(at, event.operation) ?? this.#find(at, event.operation);
    switch (event.kind) {
      case 'started':
        cell.running += 1;
        return;
      case 'ended':
        this.#end(cell, event);
        return;
      case 'retried':
        cell.retried += 1;
        return;
      case 'given-up':
        cell.givenUp.count(event.reason);
        return;
      case 'timed-out':
        cell.timedOut += 1;
        return;
      case 'rejected':
        cell.rejected.count(event.policy);
        return;
      case 'fell-back':
        cell.fellBack += 1;
    }
  }

  #end(cell: OperationCell, { durationMs, error, isCanceled }: OperationEnded): void {
    // A call that began before the observer did was never counted as running.
    if (cell.running > 0) cell.running -= 1;
    if (error === null) cell.succeeded += 1;
    else {
      cell.failed += 1;
      cell.errors.count(codeOf(error, isCanceled === true));
    }
    const exemplars = this.#exemplars;
    cell.durations.observe(durationMs, exemplars === null ? null : exemplars.of(durationMs));
  }

  #find(at: OperationLayer, operation: string): OperationCell {
    const { labelOf, rejecting } = this.#args;
    const cell = this.cells.of({ domain: at.domain, layer: at.layer, operation: labelOf(operation) });
    for (const policy of rejecting(at)) cell.rejected.know(policy);
    this.#known.remember(at, operation, cell);
    return cell;
  }
}

/** A caller may give any reason for the end of a call, and what is none of ours is no fault of the layer. */
function codeOf(error: unknown, isCanceled: boolean): ErrorCode {
  const code = errorCodeOf(error);
  return isCanceled && code === FOREIGN_ERROR_CODE ? CANCELED_ERROR_CODE : code;
}
