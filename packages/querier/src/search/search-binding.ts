import { orderList } from '../order/order-list.js';
import type { OrderKey } from '../order/order-key.js';
import type { CursorBinding } from '../page/cursor-codec.js';

/** What the cursors of all searches of one text are bound to: everything but the values. */
export interface BoundText {
  readonly entity: string;
  readonly table: string;
  readonly keys: readonly OrderKey[];
  /** Scope and filter, or the scope alone. */
  readonly sql: string;
  /** How many values that has; they come first. */
  readonly values: number;
  /** Which values are those of what the keys are joined to: from, and up to. */
  readonly orderValues: readonly [from: number, to: number];
}

/** What the cursors of a search are bound to; put into texts only when a cursor is made or read. */
export class SearchBinding implements CursorBinding {
  readonly isConfidential: boolean;
  readonly #text: BoundText;
  readonly #values: readonly (string | null)[];

  /** `values` are those of the statement, of which those of the binding are there already. */
  constructor(text: BoundText, values: readonly (string | null)[], isConfidential: boolean) {
    this.isConfidential = isConfidential || text.keys.some(({ confidential }) => confidential);
    this.#text = text;
    this.#values = values;
  }

  get entity(): string {
    return this.#text.entity;
  }

  get order(): string {
    // How parameters are numbered depends on the filter, which may be another.
    const { table, keys, orderValues } = this.#text;
    const kinds = keys.map(({ type, nullsFirst, join }) => [
      type.sql,
      nullsFirst,
      join?.replaceAll(/\$\d+/g, '$') ?? null,
    ]);
    const list = orderList(keys, ({ name }) => JSON.stringify(name));
    return JSON.stringify([table, list, kinds, this.#values.slice(...orderValues)]);
  }

  get filter(): string {
    const { sql, values } = this.#text;
    return JSON.stringify([sql, this.#values.slice(0, values)]);
  }
}
