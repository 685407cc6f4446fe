import { InvalidInput } from '@holdfast/errors';
import { batchQuerier, type BatchQuerier } from './batch-querier.js';
import { escapePointer } from './compile-condition.js';
import type { QueryCondition } from './condition.js';
import type { FieldDefinition, FieldDefinitions } from './field-definition.js';
import { readFieldValue } from './field-value.js';
import type { FieldReader } from './field-reader.js';
import { freeze } from './freeze.js';
import type { QueryLimits } from './limits.js';
import type { QueryOrder } from './order.js';
import { checkedPagination } from './pagination.js';
import { parseSearchBody } from './parse-search-body.js';
import { parseSearchParameters } from './parse-search-parameters.js';

const lists: ReadonlySet<string> = new Set(['in', 'notIn', 'hasAny', 'hasAll']);
const flags: ReadonlySet<string> = new Set(['isNull', 'isEmpty']);

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
    return this.#checked(parseSearchParameters(this, parameters));
  }

  /** A search from a JSON body: `{ filter?, order?: ['-createdAt'], first?, after?, …, total? }`. Throws InvalidInput. */
  parseSearchBody(body: unknown): BatchQuerier<Row> {
    return this.#checked(parseSearchBody(this, body));
  }

  /** A condition from JSON: `{ field: { operator: value }, and: […], or: […], not: {…} }`. Throws InvalidInput. */
  parseCondition(json: unknown, pointer = ''): QueryCondition<Row> {
    return freeze(this.#group(json, pointer, 0)) as QueryCondition<Row>;
  }

  /** One operator on one field. */
  parseOperator(field: string, operator: string, operand: unknown, pointer: string): Record<string, unknown> {
    const definition = this.#filterable(field, pointer);
    if (!(definition.operators as readonly string[]).includes(operator)) {
      throw new InvalidInput('UNKNOWN_OPERATOR', `${field} has no operator ${operator}.`, pointer);
    }
    return { [definition.column ?? field]: { [operator]: this.#operand(definition, operator, operand, pointer) } };
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

  #group(json: unknown, pointer: string, depth: number): Record<string, unknown> {
    if (depth > this.limits.maxDepth) {
      throw new InvalidInput('LIMIT_EXCEEDED', `Conditions nest at most ${this.limits.maxDepth} deep.`, pointer);
    }
    const parts = Object.entries(objectAt(json, pointer)).flatMap(([name, member]) => {
      const at = `${pointer}/${escapePointer(name)}`;
      if (name === 'and' || name === 'or') {
        if (!Array.isArray(member)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', at);
        return [{ [name]: member.map((one, index) => this.#group(one, `${at}/${index}`, depth + 1)) }];
      }
      if (name === 'not') return [{ not: this.#group(member, at, depth + 1) }];
      this.#filterable(name, at);
      return Object.entries(objectAt(member, at)).map(([operator, operand]) =>
        this.parseOperator(name, operator, operand, `${at}/${escapePointer(operator)}`),
      );
    });
    return parts.length === 1 ? parts[0]! : { and: parts };
  }

  #operand(definition: FieldDefinition<Row>, operator: string, operand: unknown, pointer: string): unknown {
    if (flags.has(operator)) return readFieldValue({ type: 'boolean' }, operand, pointer);
    if (!lists.has(operator)) return readFieldValue(definition, operand, pointer);
    if (!Array.isArray(operand)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', pointer);
    if (operand.length > this.limits.maxListLength) {
      const message = `A list has at most ${this.limits.maxListLength} elements.`;
      throw new InvalidInput('LIMIT_EXCEEDED', message, pointer);
    }
    return operand.map((one, index) => readFieldValue(definition, one, `${pointer}/${index}`));
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

  #checked(querier: BatchQuerier<Row>): BatchQuerier<Row> {
    checkedPagination(querier.pagination, this.limits.maxPageSize);
    return batchQuerier(querier);
  }
}

function objectAt(value: unknown, pointer: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidInput('INVALID_VALUE', 'An object is needed here.', pointer);
  }
  return value;
}
