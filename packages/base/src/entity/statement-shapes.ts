import type { Statement, Step } from '../wire/statement.js';

/** How many parts of shapes are known at most; which columns are given is up to callers, and can be any of them. */
const MOST = 10_000;

/** Where a shape goes on, and the statement of the one that ends here. */
class Place {
  readonly next = new Map<unknown, Place>();
  statement: Statement | null = null;
}

/**
 * Statements by what their text is made of, the columns that are given for instance, so that the text is written only
 * once: it is the longest thing about an operation, and the same each time.
 */
export class StatementShapes {
  #root = new Place();
  #size = 0;

  /** Begins the shape of an operation. */
  of(operation: string): StatementShape {
    return new StatementShape(this, this.#root).and(operation);
  }

  place(before: Place, part: unknown): Place {
    let place = before.next.get(part);
    if (place !== undefined) return place;
    place = new Place();
    if (++this.#size > MOST) {
      this.#size = 1;
      this.#root = new Place();
    }
    before.next.set(part, place);
    return place;
  }
}

/** The shape of one statement, part by part, and its values in the order of its parameters. */
export class StatementShape {
  readonly values: (string | null)[] = [];
  readonly #shapes: StatementShapes;
  #place: Place;

  constructor(shapes: StatementShapes, root: Place) {
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

  /** The statement with the values. `written` writes it where it is new: with the same values in the same order. */
  step(written: () => Step): Step {
    const { statement } = this.#place;
    if (statement !== null) return { statement, values: this.values };
    const step = written();
    // Only what is one statement for all values of its shape is kept.
    if (sameTexts(step.values, this.values)) this.#place.statement = step.statement;
    return step;
  }
}

function sameTexts(texts: readonly (string | null)[], others: readonly (string | null)[]): boolean {
  return texts.length === others.length && texts.every((text, i) => text === others[i]);
}
