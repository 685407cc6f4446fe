import { SingleWarning } from './single-warning.js';

/** Where figures of the present are read at each scrape. What cannot be read is left out, and reported once. */
export class FigureSource<Figures> {
  readonly #read: () => Figures | null;
  readonly #warning: SingleWarning;

  /** `of` says in the report whose figures they are; null says that there are none. */
  constructor(of: string, read: () => Figures | null) {
    this.#read = read;
    this.#warning = new SingleWarning('HOLDFAST_FIGURES_FAILED', `The figures of ${of} are left out`);
  }

  /** One item or none, for whoever goes through several sources. */
  read(): readonly Figures[] {
    try {
      const figures = this.#read();
      return figures === null ? [] : [figures];
    } catch (error) {
      this.#warning.give(error);
      return [];
    }
  }
}
