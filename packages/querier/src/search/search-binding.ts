import { type OrderKey, orderList } from '../order/compile-order.js';
import type { CursorBinding } from '../page/cursor-codec.js';

/** What the cursors of a search are bound to; put into texts only when a cursor is made or read. */
export class SearchBinding implements CursorBinding {
  readonly entity: string;
  readonly #keys: readonly OrderKey[];
  readonly #filter: string;
  readonly #values: readonly (string | null)[];
  readonly #length: number;

  /** `values` are those of the filter, and may be added to later. */
  constructor(entity: string, keys: readonly OrderKey[], filter: string, values: readonly (string | null)[]) {
    this.entity = entity;
    this.#keys = keys;
    this.#filter = filter;
    this.#values = values;
    this.#length = values.length;
  }

  get order(): string {
    const kinds = this.#keys.map(({ column, nullsFirst }) => [column.type.sql, nullsFirst]);
    return JSON.stringify([orderList(this.#keys), kinds]);
  }

  get filter(): string {
    return JSON.stringify([this.#filter, this.#values.slice(0, this.#length)]);
  }
}
