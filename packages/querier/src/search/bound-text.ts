import type { OrderKey } from '../order/order-key.js';
import { orderList } from '../order/order-list.js';

export interface BoundTextArgs {
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

/**
 * What the cursors of all searches of one text are bound to: everything but the values. It becomes JSON once, and not
 * before a cursor is made or read.
 */
export class BoundText {
  readonly args: BoundTextArgs;
  #order: string | null = null;
  #sql: string | null = null;

  constructor(args: BoundTextArgs) {
    this.args = args;
  }

  /** The order, with those of the statement's values that are its own. */
  order(values: readonly (string | null)[]): string {
    const own = values.slice(...this.args.orderValues);
    return own.length === 0 ? (this.#order ??= orderText(this.args, own)) : orderText(this.args, own);
  }

  /** Scope and filter, with those of the statement's values that are theirs. */
  filter(values: readonly (string | null)[]): string {
    this.#sql ??= JSON.stringify(this.args.sql);
    return `[${this.#sql},${JSON.stringify(values.slice(0, this.args.values))}]`;
  }
}

function orderText({ table, keys }: BoundTextArgs, values: readonly (string | null)[]): string {
  const list = orderList(keys, ({ name }) => JSON.stringify(name));
  // How parameters are numbered depends on the filter, which may be another.
  const kinds = keys.map(({ type, nullsFirst, join }) => [
    type.sql,
    nullsFirst,
    join?.replaceAll(/\$\d+/g, '$') ?? null,
  ]);
  return JSON.stringify([table, list, kinds, values]);
}
