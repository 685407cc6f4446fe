import { type ColumnType, encodeList, SqlWriter } from '@holdfast/querier';

/** A writer of `unnest`: columns of rows, each as one array parameter, which may hold NULL. */
export class ParameterLists<Item> {
  readonly writer = new SqlWriter();
  readonly #items: readonly Item[];

  constructor(items: readonly Item[]) {
    this.#items = items;
  }

  of(type: ColumnType, value: (item: Item) => unknown): string {
    return this.writer.text(encodeList(type, this.#items.map(value), '', true), `${type.sql}[]`);
  }
}
