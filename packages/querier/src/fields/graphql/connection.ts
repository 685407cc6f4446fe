import { Misuse } from '@holdfast/errors';
import type { Cursor } from '../../page/cursor.js';
import type { Page } from '../../page/page.js';

/** One row of a connection. */
export interface Edge<Data> {
  readonly node: Data;
  readonly cursor: Cursor;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Null on an empty page. */
  readonly startCursor: Cursor | null;
  readonly endCursor: Cursor | null;
}

/** A page as a Relay connection (relay.dev, Cursor Connections). Cursors are signed when they are first read. */
export class Connection<Data> {
  readonly #page: Page<Data>;

  constructor(page: Page<Data>) {
    this.#page = page;
  }

  /** Throws Misuse where the application has no CursorCodec. */
  get edges(): readonly Edge<Data>[] {
    const { items, cursors } = this.#page;
    if (cursors.length !== items.length) throw new Misuse('Edges need a CursorCodec: give one to the Database.');
    return items.map((node, index) => ({ node, cursor: cursors[index]! }));
  }

  get nodes(): readonly Data[] {
    return this.#page.items;
  }

  get pageInfo(): PageInfo {
    const page = this.#page;
    return {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      get startCursor() {
        return page.startCursor;
      },
      get endCursor() {
        return page.endCursor;
      },
    };
  }

  /** Null unless asked for. */
  get totalCount(): number | null {
    return this.#page.total?.value ?? null;
  }

  /** Whether there are no more than `totalCount`; null where nothing was counted. */
  get totalCountIsExact(): boolean | null {
    return this.#page.total?.exact ?? null;
  }

  toJSON(): object {
    const { edges, nodes, pageInfo, totalCount, totalCountIsExact } = this;
    return { edges, nodes, pageInfo, totalCount, totalCountIsExact };
  }
}

/** What a resolver of a search gives back, as `graphqlSearchTypes` declares it. */
export function toConnection<Data>(page: Page<Data>): Connection<Data> {
  return new Connection(page);
}
