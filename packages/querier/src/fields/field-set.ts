import { InvalidInput } from '@holdfast/errors';
import { batchQuerier, type BatchQuerier } from '../search/batch-querier.js';
import { escapePointer } from '../condition/compile-condition.js';
import type { QueryCondition } from '../condition/condition.js';
import type { FieldDefinition, FieldDefinitions } from './field-definition.js';
import { readFieldValue } from './field-value.js';
import type { FieldReader } from './field-reader.js';
import { freeze } from '../plain-data/freeze.js';
import { checkSize, type QueryLimits, tooDeep, tooManyParts } from '../plain-data/limits.js';
import type { QueryOrder } from '../order/order.js';
import { withOrigin } from '../plain-data/origin.js';
import { checkedPagination, checkedTotal } from '../page/pagination.js';
import { parseSearchBody } from './parse-search-body.js';
import { parseSearchParameters } from './parse-search-parameters.js';
import { plainObject } from '../plain-data/plain-object.js';

const lists: ReadonlySet<string> = new Set(['in', 'notIn', 'hasAny', 'hasAll']);
const flags: ReadonlySet<string> = new Set(['isNull', 'isEmpty']);

/** What is carried along while one condition is read. */
interface Walk {
  nodes: number;
}

/** What the doors of an application may ask of an entity, and the reading of their requests. Made by `fields`. */
export class FieldSet<Row> implements FieldReader<Row> {
  readonly definitions: FieldDefinitions<Row>;
  readonly limits: QueryLimits;

  constructor(definitions: FieldDefinitions<Row>, limits: QueryLimits) {
    this.definitions = freeze({ ...definitions });
    this.limits = freeze(limits);
  }

  /**
   * A search from a query string: `filter[field][operator]=value` (lists separated by commas) or `filter={JSON}`,
   * `order=-createdAt,name`, `first`/`after`, `last`/`before` or `limit`/`offset`, `total=none|exact|<at most>`.
   * Without a page: the first 20. Throws InvalidInput, naming the parameter.
   */
  parseSearch(parameters: URLSearchParams): BatchQuerier<Row> {
    return this.#checked(parseSearchParameters(this, parameters), '');
  }

  /** A search from a JSON body: `{ filter?, order?: ['-createdAt'], first?, after?, …, total? }`. Throws InvalidInput. */
  parseSearchBody(body: unknown): BatchQuerier<Row> {
    return this.#checked(parseSearchBody(this, body), '/');
  }

  /** A condition from JSON: `{ field: { operator: value }, and: […], or: […], not: {…} }`. Throws InvalidInput. */
  parseCondition(json: unknown, pointer = ''): QueryCondition<Row> {
    return freeze(this.#group({ nodes: 0 }, json, pointer, 0)) as QueryCondition<Row>;
  }

  /** One operator on one field. */
  parseOperator(field: string, operator: string, operand: unknown, pointer: string): Record<string, unknown> {
    const definition = this.#filterable(field, pointer);
    const read = this.#operand(definition, field, operator, operand, pointer);
    return { [definition.column ?? field]: withOrigin({ [operator]: read }, { [operator]: pointer }) };
  }

  /** An order from its text: a field, with `-` in front for descending. */
  parseOrder(text: string, pointer: string): QueryOrder<Row> {
    const name = text.startsWith('-') ? text.slice(1) : text;
    const definition = this.#definition(name);
    if (definition?.order !== true) {
      throw new InvalidInput('INVALID_ORDER', `Nothing can be ordered by ${name}.`, pointer);
    }
    return { by: definition.column ?? name, dir: text.startsWith('-') ? 'desc' : 'asc' } as QueryOrder<Row>;
  }

  /** The same tree in the row's own names: as deep as what is read, and with as many parts. */
  #group(walk: Walk, json: unknown, pointer: string, depth: number): Record<string, unknown> {
    if (depth > this.limits.maxDepth) throw tooDeep(this.limits, pointer);
    if (depth > 0) this.#count(walk, pointer);
    const condition: Record<string, unknown> = {};
    const more: unknown[] = [];
    for (const [name, member] of Object.entries(plainObject(json, pointer))) {
      const at = `${pointer}/${escapePointer(name)}`;
      if (name === 'and' || name === 'or') condition[name] = this.#list(walk, member, at, depth);
      else if (name === 'not') condition[name] = this.#group(walk, member, at, depth + 1);
      else {
        const definition = this.#filterable(name, at);
        const column = definition.column ?? name;
        const operators = this.#operators(walk, definition, name, member, at);
        if (Object.hasOwn(condition, column)) more.push({ [column]: operators });
        else condition[column] = operators;
      }
    }
    if (more.length === 0) return condition;
    // Two fields of one column.
    if (depth === this.limits.maxDepth) throw tooDeep(this.limits, pointer);
    more.forEach(() => this.#count(walk, pointer));
    return { ...condition, and: [...((condition['and'] ?? []) as unknown[]), ...more] };
  }

  #list(walk: Walk, json: unknown, pointer: string, depth: number): unknown[] {
    if (!Array.isArray(json)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', pointer);
    return Array.from(json, (one, index) => this.#group(walk, one, `${pointer}/${index}`, depth + 1));
  }

  #operators(walk: Walk, definition: FieldDefinition<Row>, field: string, json: unknown, pointer: string): object {
    const given = Object.entries(plainObject(json, pointer));
    if (given.length === 0) throw new InvalidInput('MISSING_VALUE', `${field} has no operator.`, pointer);
    const pointers: Record<string, string> = {};
    const operators = given.map(([operator, operand]) => {
      const at = `${pointer}/${escapePointer(operator)}`;
      this.#count(walk, at);
      const read = this.#operand(definition, field, operator, operand, at);
      pointers[operator] = at;
      return [operator, read];
    });
    return withOrigin(Object.fromEntries(operators) as object, pointers);
  }

  #operand(
    definition: FieldDefinition<Row>,
    field: string,
    operator: string,
    operand: unknown,
    pointer: string,
  ): unknown {
    if (!(definition.operators as readonly string[]).includes(operator)) {
      throw new InvalidInput('UNKNOWN_OPERATOR', `${field} has no operator ${operator}.`, pointer);
    }
    if (flags.has(operator)) return readFieldValue({ type: 'boolean' }, operand, pointer);
    checkSize(this.limits, operand, pointer);
    if (!lists.has(operator)) return readFieldValue(definition, operand, pointer);
    if (!Array.isArray(operand)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', pointer);
    return Array.from(operand, (one, index) => readFieldValue(definition, one, `${pointer}/${index}`));
  }

  #count(walk: Walk, pointer: string): void {
    if (++walk.nodes > this.limits.maxNodes) throw tooManyParts(this.limits, pointer);
  }

  #filterable(name: string, pointer: string): FieldDefinition<Row> {
    const definition = this.#definition(name);
    if (definition?.operators === undefined || definition.operators.length === 0) {
      throw new InvalidInput('UNKNOWN_FIELD', `There is no field ${name} to filter by.`, pointer);
    }
    return definition;
  }

  #definition(name: string): FieldDefinition<Row> | undefined {
    return Object.hasOwn(this.definitions, name) ? this.definitions[name] : undefined;
  }

  #checked(querier: BatchQuerier<Row>, prefix: string): BatchQuerier<Row> {
    const pagination = checkedPagination(querier.pagination, this.limits.maxPageSize, prefix);
    const ordered = new Set<unknown>();
    for (const [index, { by }] of querier.orders.entries()) {
      const pointer = prefix === '' ? 'order' : `/order/${index}`;
      if (ordered.has(by)) throw new InvalidInput('INVALID_ORDER', `${String(by)} is ordered by twice.`, pointer);
      ordered.add(by);
    }
    return batchQuerier({
      ...querier,
      pagination: withOrigin(pagination, { after: `${prefix}after`, before: `${prefix}before` }),
      total: checkedTotal(querier.total, prefix),
    });
  }
}
