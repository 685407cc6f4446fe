import type { FiguresCell } from './figures-cell.js';
import type { MetricDefinition } from './metric-definition.js';

/** A gauge that shows one figure of the present. */
export function figureMetric<Label extends string, Figures>(
  name: string,
  label: Label,
  help: string,
  figure: (figures: Figures) => number,
): MetricDefinition<FiguresCell<Label, Figures>> {
  return {
    seeds: name,
    conventional: name,
    type: 'gauge',
    labels: [label],
    help,
    values: (cell) => {
      const value = cell.sum(figure);
      return value === null ? [] : [{ value, labels: cell.labels }];
    },
  };
}
