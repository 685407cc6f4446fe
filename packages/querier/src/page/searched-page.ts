import type { Cursor } from './cursor.js';
import type { Page } from './page.js';

/** A page whose cursors are signed when they are first read: most never are. JSON holds them like everything else. */
export class SearchedPage<Data> implements Page<Data> {
  readonly items: readonly Data[];
  readonly total: Page<Data>['total'];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #sign: () => readonly Cursor[];
  #cursors: readonly Cursor[] | null = null;

  constructor(
    items: readonly Data[],
    total: Page<Data>['total'],
    hasNextPage: boolean,
    hasPreviousPage: boolean,
    sign: () => readonly Cursor[],
  ) {
    this.items = items;
    this.total = total;
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.#sign = sign;
    Object.freeze(this);
  }

  get cursors(): readonly Cursor[] {
    return (this.#cursors ??= this.#sign());
  }

  get startCursor(): Cursor | null {
    return this.cursors[0] ?? null;
  }

  get endCursor(): Cursor | null {
    return this.cursors.at(-1) ?? null;
  }

  toJSON(): Page<Data> {
    const { items, total, hasNextPage, hasPreviousPage, startCursor, endCursor, cursors } = this;
    return { items, total, hasNextPage, hasPreviousPage, startCursor, endCursor, cursors };
  }
}
