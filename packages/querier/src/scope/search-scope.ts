import { Misuse } from '@holdfast/errors';
import type { QueryCondition } from '../condition/condition.js';
import { freeze } from '../plain-data/freeze.js';
import type { KeysOfKind } from '../entity/row-kinds.js';

const seal = Symbol('seal');

export interface SearchScopeArgs<Row> {
  /** What it is the scope of, e.g. `user`; for events and error texts. */
  readonly name: string;
  /** The columns that say whose a row is. A row is in the scope if all of them are equal. */
  readonly equals: { readonly [Property in KeysOfKind<Row, 'scalar'>]?: Row[Property] };
}

/**
 * Whose rows an operation may touch. Sealed: only `searchScope` makes one, and only for values that are there.
 * The columns are the condition of every read and write, and are stamped on every row that is created.
 */
export class SearchScope<Row> {
  readonly #sealed = true;
  /** The row type, for the compiler only. */
  declare readonly row?: (row: Row) => Row;
  readonly name: string;
  /** What a row of the scope is stamped with: property and value. */
  readonly stamp: Readonly<Record<string, unknown>>;

  constructor(key: symbol, args: SearchScopeArgs<Row>) {
    if (key !== seal) throw new Misuse('A scope is made by searchScope().');
    this.name = args.name;
    this.stamp = freeze(args.equals as Record<string, unknown>);
    Object.freeze(this);
  }

  static isScope(value: unknown): value is SearchScope<unknown> {
    return typeof value === 'object' && value !== null && #sealed in value;
  }

  toConditions(): readonly QueryCondition<Row>[] {
    const columns = Object.entries(this.stamp).map(([property, value]) => [property, { eq: value }]);
    return freeze([Object.fromEntries(columns) as QueryCondition<Row>]);
  }
}

/**
 * The scope of the rows whose columns have these values: `searchScope<SessionRow>({ name: 'user', equals: { userUuid } })`.
 * Throws Misuse if there is no column, or a value is undefined, null, NaN or an empty text: a missing tenant must never
 * widen what is seen.
 */
export function searchScope<Row>(args: SearchScopeArgs<Row>): SearchScope<Row> {
  const equals: SearchScopeArgs<Row>['equals'] = { ...args.equals };
  const entries = Object.entries(equals);
  if (entries.length === 0) throw new Misuse(`The scope ${args.name} names no column.`);
  for (const [property, value] of entries) {
    if (value === undefined || value === null || value === '' || Number.isNaN(value)) {
      throw new Misuse(`The scope ${args.name} has no value for ${property}.`);
    }
  }
  return new SearchScope<Row>(seal, { name: args.name, equals });
}
