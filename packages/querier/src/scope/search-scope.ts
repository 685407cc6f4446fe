import { Misuse } from '@holdfast/errors';
import type { QueryCondition } from '../condition/condition.js';
import type { PathOfKind, Related, ValueAt } from '../entity/row-kinds.js';
import { freeze, freezeThroughout } from '../plain-data/freeze.js';
import type { ExistenceCheck } from './existence-check.js';
import { Unscoped } from './unscoped.js';

const seal = Symbol('seal');

/**
 * What may be seen behind a relation: a scope of the rows there, several, none for a stated reason, or `owned`: the rows
 * behind belong to whoever the row belongs to.
 */
export type RelatedScope<Row> =
  SearchScope<Row> | readonly [SearchScope<Row>, ...SearchScope<Row>[]] | Unscoped | 'owned';

/** The columns that say whose a row is, and their values. */
type OwningColumns<Row> = {
  readonly [Property in PathOfKind<Row, 'scalar'>]?: NonNullable<ValueAt<Row, Property>>;
};

/** By relation: what may be seen behind it. */
export type RelatedScopes<Row> = {
  readonly [Property in PathOfKind<Row, 'one' | 'many'>]?: RelatedScope<Related<ValueAt<Row, Property>>>;
};

/** What a scope is made of: `equals`, `where`, or both. */
export type SearchScopeArgs<Row> = {
  /** What it is the scope of, e.g. `user`; for events and error texts. */
  readonly name: string;
  /** The columns that say whose a row is. A row is in the scope if all of them are equal, and `where` is met. */
  readonly equals?: OwningColumns<Row>;
  /** What else a row of the scope meets. Such a scope reads, changes and removes rows, and creates none. */
  readonly where?: QueryCondition<Row>;
  /**
   * What may be seen behind relations. Conditions and orders over a relation that is not named here are refused. As a
   * function it is asked when it is first needed, so that scopes can name each other, and themselves.
   */
  readonly related?: RelatedScopes<Row> | (() => RelatedScopes<Row>);
  /** What must be there before anything is done; the first that is not raises its error. */
  readonly existenceChecks?: readonly ExistenceCheck[];
} & ({ readonly equals: OwningColumns<Row> } | { readonly where: QueryCondition<Row> });

/**
 * Whose rows an operation may touch. Sealed: only `searchScope` makes one, and only for values that are there.
 * Its conditions are part of every read and write, and its columns are stamped on every row that is created.
 */
export class SearchScope<Row> {
  readonly #sealed = true;
  /** The row type, for the compiler only. */
  declare readonly row?: (row: Row) => Row;
  readonly name: string;
  /** What a row of the scope is stamped with: property and value. */
  readonly stamp: Readonly<Record<string, unknown>>;
  /** What a row of the scope meets besides, or null. */
  readonly where: QueryCondition<Row> | null;
  readonly #related: () => Readonly<Record<string, RelatedScope<never>>>;
  readonly existenceChecks: readonly ExistenceCheck[];

  constructor(key: symbol, args: SearchScopeArgs<Row>) {
    if (key !== seal) throw new Misuse('A scope is made by searchScope().');
    this.name = args.name;
    this.stamp = freeze(args.equals as Record<string, unknown>);
    this.where = args.where === undefined ? null : freezeThroughout(args.where);
    this.#related = args.related === undefined ? nothingRelated : onceRelated(args.name, args.related);
    this.existenceChecks = args.existenceChecks === undefined ? noChecks : Object.freeze([...args.existenceChecks]);
    Object.freeze(this);
  }

  static isScope(value: unknown): value is SearchScope<unknown> {
    return typeof value === 'object' && value !== null && #sealed in value;
  }

  /** By property of a relation: what may be seen behind it. Throws Misuse if it was said by what is no scope. */
  get related(): Readonly<Record<string, RelatedScope<never>>> {
    return this.#related();
  }

  toConditions(): readonly QueryCondition<Row>[] {
    const columns = Object.entries(this.stamp).map(([property, value]) => [property, { eq: value }]);
    const equal = Object.fromEntries(columns) as QueryCondition<Row>;
    return freeze(this.where === null ? [equal] : [equal, this.where]);
  }
}

const noChecks: readonly ExistenceCheck[] = Object.freeze([]);
const noRelations: SearchScope<never>['related'] = Object.freeze({});
const nothingRelated = (): SearchScope<never>['related'] => noRelations;

/** What is not a function is checked at once. */
function onceRelated(name: string, related: object): () => SearchScope<never>['related'] {
  let checked = typeof related === 'function' ? null : checkedRelated(name, related);
  return () => (checked ??= checkedRelated(name, (related as () => object)()));
}

/** A copy that nobody changes, of genuine scopes only: an empty list would be none. */
function checkedRelated(name: string, related: object): SearchScope<never>['related'] {
  const entries = Object.entries(related as Record<string, RelatedScope<never>>).map(([property, scope]) => {
    const copy = Array.isArray(scope) ? Object.freeze([...(scope as readonly unknown[])]) : scope;
    const isGenuine = Array.isArray(copy)
      ? copy.length > 0 && copy.every((one) => SearchScope.isScope(one))
      : copy === 'owned' || Unscoped.isUnscoped(copy) || SearchScope.isScope(copy);
    if (!isGenuine) throw new Misuse(`The scope ${name} says of ${property} neither a scope nor 'owned'.`);
    return [property, copy];
  });
  return Object.freeze(Object.fromEntries(entries) as SearchScope<never>['related']);
}

/**
 * The scope of the rows whose columns have these values: `searchScope<SessionRow>({ name: 'user', equals: { userUuid } })`.
 * Throws Misuse if it says nothing, or a value is undefined, null, NaN or an empty text: a missing tenant must never
 * widen what is seen.
 */
export function searchScope<Row>(args: SearchScopeArgs<Row>): SearchScope<Row> {
  // Each is read once: a getter might say less the next time.
  const { name, where, related, existenceChecks } = args;
  const equals: Record<string, unknown> = { ...args.equals };
  const properties = Object.keys(equals);
  if (properties.length === 0 && where === undefined) throw new Misuse(`The scope ${name} says nothing.`);
  for (const property of properties) {
    const value = equals[property];
    if (value === undefined || value === null || value === '' || Number.isNaN(value)) {
      throw new Misuse(`The scope ${name} has no value for ${property}.`);
    }
  }
  return new SearchScope<Row>(seal, { name, equals, where, related, existenceChecks } as SearchScopeArgs<Row>);
}
