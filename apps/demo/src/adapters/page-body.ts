import type { Cursor, Page } from '@holdfast/querier';

/** A page as it is sent. A cursor for each item is left out: the first and last are what paging needs. */
export interface PageBody<Item> {
  readonly items: readonly Item[];
  readonly total: Page<Item>['total'];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: Cursor | null;
  readonly endCursor: Cursor | null;
}

export function pageBody<Data, Item>(page: Page<Data>, toItem: (data: Data) => Item): PageBody<Item> {
  const { items, total, hasNextPage, hasPreviousPage, startCursor, endCursor } = page;
  return { items: items.map(toItem), total, hasNextPage, hasPreviousPage, startCursor, endCursor };
}
