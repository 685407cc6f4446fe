import type { EntityShape } from '../entity/entity-shape.js';
import { orderList } from '../order/order-list.js';
import type { OrderKey } from '../order/order-key.js';
import type { CursorBinding } from '../page/cursor-codec.js';

/** SQL with the values of its parameters. */
export interface BoundText {
  readonly sql: string;
  readonly values: readonly (string | null)[];
}

/** What the cursors of a search are bound to; put into texts only when a cursor is made or read. */
export class SearchBinding implements CursorBinding {
  readonly entity: string;
  readonly isConfidential: boolean;
  readonly #table: string;
  readonly #keys: readonly OrderKey[];
  readonly #orderValues: BoundText['values'];
  readonly #filter: BoundText;

  /** `orderValues` are those of what the keys are joined to. */
  constructor(
    { name, table }: Pick<EntityShape, 'name' | 'table'>,
    keys: readonly OrderKey[],
    orderValues: BoundText['values'],
    filter: BoundText,
    isConfidential: boolean,
  ) {
    this.entity = name;
    this.#table = table;
    this.#orderValues = orderValues;
    this.isConfidential = isConfidential || keys.some(({ confidential }) => confidential);
    this.#keys = keys;
    this.#filter = filter;
  }

  get order(): string {
    // How parameters are numbered depends on the filter, which may be another.
    const kinds = this.#keys.map(({ type, nullsFirst, join }) => [
      type.sql,
      nullsFirst,
      join?.replaceAll(/\$\d+/g, '$') ?? null,
    ]);
    const list = orderList(this.#keys, ({ name }) => JSON.stringify(name));
    return JSON.stringify([this.#table, list, kinds, this.#orderValues]);
  }

  get filter(): string {
    return JSON.stringify([this.#filter.sql, this.#filter.values]);
  }
}
