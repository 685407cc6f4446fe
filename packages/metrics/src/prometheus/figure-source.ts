/** Where figures of the present are read at each scrape. What cannot be read is left out, and reported once. */
export class FigureSource<Figures> {
  readonly #of: string;
  readonly #read: () => Figures | null;
  #reported = false;

  /** `of` says in the report whose figures they are; null says that there are none. */
  constructor(of: string, read: () => Figures | null) {
    this.#of = of;
    this.#read = read;
  }

  /** One item, or none: for whoever goes through several sources. */
  read(): readonly Figures[] {
    try {
      const figures = this.#read();
      return figures === null ? [] : [figures];
    } catch (error) {
      this.#report(error);
      return [];
    }
  }

  #report(error: unknown): void {
    if (this.#reported) return;
    this.#reported = true;
    const reason = error instanceof Error ? error.message : typeof error;
    process.emitWarning(`The figures of ${this.#of} are left out while they cannot be read: ${reason}`, {
      code: 'HOLDFAST_FIGURES_FAILED',
    });
  }
}
