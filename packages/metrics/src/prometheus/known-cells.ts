/** The cells that were found already, by an object and a name, so that the usual way is two look-ups by identity. */
export class KnownCells<Cell> {
  readonly #max: number;
  readonly #byObject = new WeakMap<object, Map<string, Cell>>();

  #last: object | null = null;
  #lastCells: Map<string, Cell> | undefined;

  constructor(maxNames: number) {
    this.#max = maxNames;
  }

  get(object: object, name: string): Cell | undefined {
    // One object often comes several times in a row, and what is held weakly is slower to find.
    if (object !== this.#last) {
      this.#last = object;
      this.#lastCells = this.#byObject.get(object);
    }
    return this.#lastCells?.get(name);
  }

  remember(object: object, name: string, cell: Cell): void {
    let cells = this.#byObject.get(object);
    if (cells === undefined) {
      cells = new Map();
      this.#byObject.set(object, cells);
      this.#last = null;
    }
    // Names may be without number: remembering each of them would be the leak that the bound of labels prevents.
    if (cells.size < this.#max) cells.set(name, cell);
  }
}
