import type { Statement, Step } from '../wire/statement.js';

/** How many parts of shapes are known at most; which columns are given is up to callers, and can be any of them. */
const MOST = 10_000;

/** Where a shape goes on, and what is kept of the one that ends here. */
class Place<Kept> {
  readonly next = new Map<unknown, Place<Kept>>();
  kept: Kept | null = null;
}

/**
 * Statements by what their text is made of, the columns that are given for instance, so that the text is written only
 * once: it is the longest thing about an operation, and the same each time.
 */
export class StatementShapes<Kept = Statement> {
  #root = new Place<Kept>();
  #size = 0;

  /** Begins the shape of an operation. */
  of(operation: string): StatementShape<Kept> {
    return new StatementShape(this, this.#root).and(operation);
  }

  place(before: Place<Kept>, part: unknown): Place<Kept> {
    let place = before.next.get(part);
    if (place !== undefined) return place;
    place = new Place<Kept>();
    if (++this.#size > MOST) {
      this.#size = 1;
      this.#root = new Place<Kept>();
    }
    before.next.set(part, place);
    return place;
  }
}

/** The shape of one statement, part by part, and its values in the order of its parameters. */
export class StatementShape<Kept = Statement> {
  readonly values: (string | null)[] = [];
  readonly #shapes: StatementShapes<Kept>;
  #place: Place<Kept>;

  constructor(shapes: StatementShapes<Kept>, root: Place<Kept>) {
    this.#shapes = shapes;
    this.#place = root;
  }

  /** What the text depends on, as something that is the same each time: a constant text, or a column. */
  and(part: unknown): this {
    this.#place = this.#shapes.place(this.#place, part);
    return this;
  }

  /** A parameter that a column has. */
  value(column: object, text: string | null): void {
    this.and(column);
    this.values.push(text);
  }

  /** What is kept of it, or null. */
  get kept(): Kept | null {
    return this.#place.kept;
  }

  /** Keeps what was written for these values; only what is the same for all values of its shape. */
  keep(kept: Kept, written: Step['values'], values: Step['values'] = this.values): void {
    if (sameTexts(written, values)) this.#place.kept = kept;
  }

  /** The statement with the values. `written` writes it where it is new: with the same values in the same order. */
  step(this: StatementShape, written: () => Step): Step {
    const statement = this.kept;
    if (statement !== null) return { statement, values: this.values };
    const step = written();
    this.keep(step.statement, step.values);
    return step;
  }
}

function sameTexts(texts: readonly (string | null)[], others: readonly (string | null)[]): boolean {
  return texts.length === others.length && texts.every((text, i) => text === others[i]);
}
