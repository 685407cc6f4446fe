import type { MetricNaming } from './metric-naming.js';
import type { MetricValue } from './metric-value.js';

/** What a metric is called, and how it is read from a cell of plain numbers. */
export interface MetricDefinition<Cell> extends Readonly<Record<MetricNaming, string>> {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  readonly help: string;
  /** Its lines, with `name` as the metric's whole name. */
  readonly values: (cell: Cell, name: string) => readonly MetricValue[];
  /** Sets the numbers of a cell back; absent where the figure is of the present. */
  readonly reset?: (cell: Cell) => void;
}
