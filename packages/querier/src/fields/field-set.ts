import type { QueryCondition } from '../condition/condition.js';
import type { ColumnKey } from '../entity/row-kinds.js';
import { freeze } from '../plain-data/freeze.js';
import type { QueryLimits } from '../plain-data/limits.js';
import type { BatchQuerier } from '../search/batch-querier.js';
import { askedQuerier, type AskedSearch, type SearchDefaults } from './asked-search.js';
import { ConditionReader } from './condition-reader.js';
import type { AllowlistOf, Field } from './field.js';
import { parseColumns } from './parse-columns.js';
import { parseGraphqlArguments } from './graphql/parse-graphql-arguments.js';
import { parseSearchBody } from './parse-search-body.js';
import { parseSearchParameters } from './parse-search-parameters.js';
import { resolveFields } from './resolve-fields.js';
import type { SearchBody } from './search-body.js';
import { bodyIssuePath, parameterIssuePath } from './standard/issue-path.js';
import { searchSchema } from './standard/search-schema.js';
import { type SearchParametersInput, searchParametersOf } from './standard/search-parameters-input.js';
import type { StandardSchema } from './standard/standard-schema.js';

/**
 * What a field set says besides its fields. Limits: `maxPageSize` 100, `maxListLength` 1,000, the others as everywhere; none
 * can be above the default that holds everywhere.
 */
export interface FieldSetOptions extends Partial<QueryLimits> {
  /** Default true: a cursor is refused once the filter has changed. False suits lists that go on with another filter. */
  readonly bindConditions?: boolean;
  /** Default false: of a page's two flags, the one against its direction says whether a cursor was given. */
  readonly measureBoth?: boolean;
}

/** What the doors of an application may ask of an entity, and the reading of their requests. Made by `fields`. */
export class FieldSet<Row> implements AllowlistOf<Row> {
  /** The row type, for the compiler only. */
  declare readonly row?: (row: Row) => Row;
  /** As they were given, frozen. */
  readonly definitions: Readonly<Record<string, object>>;
  readonly fields: ReadonlyMap<string, Field>;
  readonly limits: QueryLimits;
  /** `parseSearch` as a Standard Schema: of URLSearchParams, their text, or an object of texts by name. */
  readonly searchParameters: StandardSchema<SearchParametersInput, BatchQuerier<Row>>;
  /** `parseSearchBody` as a Standard Schema. */
  readonly searchBody: StandardSchema<SearchBody, BatchQuerier<Row>>;
  readonly #defaults: SearchDefaults;

  constructor(
    definitions: Readonly<Record<string, object>>,
    limits: QueryLimits,
    options: Required<Pick<FieldSetOptions, 'bindConditions' | 'measureBoth'>>,
  ) {
    this.definitions = freeze({ ...definitions });
    this.fields = resolveFields(this.definitions);
    this.limits = freeze(limits);
    // A field that is not ordered by may be the primary key, which ends every order and stands in every cursor.
    const confidential = Array.from(this.fields.values()).some(({ selected }) => !selected);
    this.#defaults = { ...options, maxPageSize: limits.maxPageSize, confidential };
    this.searchParameters = searchSchema((value) => this.parseSearch(searchParametersOf(value)), parameterIssuePath);
    this.searchBody = searchSchema((value) => this.parseSearchBody(value), bodyIssuePath);
    Object.freeze(this);
  }

  /**
   * A search from a query string: `filter[field][operator]=value` (lists separated by commas) or `filter={JSON}`,
   * `order=-createdAt,name:nullsFirst`, `first`/`after`, `last`/`before` or `limit`/`offset`,
   * `total=none|exact|<at most>`. Without a page: the first 20. Throws InvalidInput, naming the parameter.
   */
  parseSearch(parameters: URLSearchParams): BatchQuerier<Row> {
    return this.#querier(parseSearchParameters(this, parameters), '');
  }

  /** A search from a JSON body: `{ filter?, order?: ['-createdAt'], first?, after?, …, total? }`. Throws InvalidInput. */
  parseSearchBody(body: unknown): BatchQuerier<Row> {
    return this.#querier(parseSearchBody(this, body), '/');
  }

  /**
   * A search from the arguments that `graphqlSearchArguments` declares, as a resolver gets them. Null is as good as absent
   * for the page and the total, and refused in a filter and an order. Throws InvalidInput.
   */
  parseGraphql(args: unknown): BatchQuerier<Row> {
    return this.#querier(parseGraphqlArguments(this, args), '/');
  }

  /** A condition from JSON: `{ field: { operator: value }, and: […], or: […], not: {…} }`. Throws InvalidInput. */
  parseCondition(json: unknown, pointer = ''): QueryCondition<Row> {
    return freeze(new ConditionReader<Row>(this).read(json, pointer));
  }

  /**
   * The columns that a list of field names asks for, in its order: for `project` and `streamColumns`. The type says which
   * ones there may be. Throws InvalidInput for a name that is no field, or one whose values callers may not see, for one
   * that is there twice, and for none.
   */
  parseColumns(names: unknown, pointer = '/columns'): readonly ColumnKey<Row>[] {
    return parseColumns(this.fields, this.definitions, names, pointer) as readonly ColumnKey<Row>[];
  }

  #querier(asked: AskedSearch<Row>, prefix: string): BatchQuerier<Row> {
    return askedQuerier(asked, this.#defaults, prefix);
  }
}
