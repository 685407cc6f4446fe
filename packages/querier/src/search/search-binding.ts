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
  readonly #keys: readonly OrderKey[];
  readonly #filter: BoundText;

  constructor(entity: string, keys: readonly OrderKey[], filter: BoundText, isConfidential: boolean) {
    this.entity = entity;
    this.isConfidential = isConfidential || keys.some(({ confidential }) => confidential);
    this.#keys = keys;
    this.#filter = filter;
  }

  get order(): string {
    const kinds = this.#keys.map(({ type, nullsFirst }) => [type.sql, nullsFirst]);
    return JSON.stringify([orderList(this.#keys, ({ name }) => JSON.stringify(name)), kinds]);
  }

  get filter(): string {
    return JSON.stringify([this.#filter.sql, this.#filter.values]);
  }
}
