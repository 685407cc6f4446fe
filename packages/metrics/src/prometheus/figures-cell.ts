import type { Labels } from './cells.js';
import type { FigureSource } from './figure-source.js';

/** Several figures of the present under one label. */
export class FiguresCell<Label extends string, Figures> {
  readonly labels: Labels<Label>;
  /** Whatever has this label: what has it in common is added up. */
  readonly sources: FigureSource<Figures>[] = [];

  constructor(labels: Labels<Label>) {
    this.labels = labels;
  }

  /** The sum of what `figure` takes of each source, or null where none of them can be read. */
  sum(figure: (figures: Figures) => number): number | null {
    const all = this.sources.flatMap((source) => source.read());
    return all.length === 0 ? null : all.reduce((sum, figures) => sum + figure(figures), 0);
  }
}
