import { InvalidInput } from '@holdfast/errors';
import type { QueryCondition } from '../condition/condition.js';
import { escapePointer } from '../plain-data/escape-pointer.js';
import { checkSize, type QueryLimits, tooDeep, tooManyParts } from '../plain-data/limits.js';
import { withOrigin } from '../plain-data/origin.js';
import { plainObject } from '../plain-data/plain-object.js';
import { flagFrom, jsonOfText, readFieldValue } from './field-value.js';
import type { Allowlist, AllowlistOf, Field, Operand } from './field.js';
import { parsedJson } from './parsed-json.js';
import { readDocument } from './read-document.js';
import { readJsonPath } from './read-json-path.js';
import { shown } from '../plain-data/shown.js';

type Members = Record<string, unknown>;

/**
 * Reads the conditions of one request against an allowlist. Its parts are counted across all of them, and across the
 * relations that they reach over.
 */
export class ConditionReader<Row> {
  readonly #allowlist: AllowlistOf<Row>;
  readonly #limits: QueryLimits;
  #nodes = 0;

  constructor(allowlist: AllowlistOf<Row>) {
    this.#allowlist = allowlist;
    this.#limits = allowlist.limits;
  }

  /** A condition from JSON, in the row's own names: as deep as what is read, and with as many parts. Throws InvalidInput. */
  read(json: unknown, pointer: string): QueryCondition<Row> {
    return this.#group(this.#allowlist, json, pointer, 0) as QueryCondition<Row>;
  }

  /** One operator on one field, from the text of a query string. Throws InvalidInput. */
  readText(field: string, operator: string, text: string, pointer: string): QueryCondition<Row> {
    const { property, operators } = filterable(this.#allowlist, field, pointer);
    const operand = operandOf(operators, field, operator, pointer);
    this.#count(pointer);
    const read = this.#operand(operand, this.#jsonOf(operand, text, pointer), pointer, 0);
    return { [property]: withOrigin({ [operator]: read }, { [operator]: pointer }) } as QueryCondition<Row>;
  }

  #jsonOf(operand: Operand, text: string, pointer: string): unknown {
    if (operand.form === 'value') return jsonOfText(operand.type, text);
    if (operand.form === 'flag') return flagFrom(text);
    if (operand.form !== 'list') return parsedJson(text, pointer);
    if (text === '') return [];
    // One more than there may be is enough to refuse it.
    return text.split(',', this.#limits.maxListLength + 1).map((one) => jsonOfText(operand.type, one));
  }

  #group(allowlist: Allowlist, json: unknown, pointer: string, depth: number): Members {
    if (depth > this.#limits.maxDepth) throw tooDeep(this.#limits, pointer);
    if (depth > 0) this.#count(pointer);
    const condition: Members = {};
    const more: Members[] = [];
    for (const [name, member] of Object.entries(plainObject(json, pointer))) {
      const at = `${pointer}/${escapePointer(name)}`;
      if (name === 'and' || name === 'or') condition[name] = this.#list(allowlist, member, at, depth);
      else if (name === 'not') condition[name] = this.#group(allowlist, member, at, depth + 1);
      else {
        const field = filterable(allowlist, name, at);
        const operators = this.#operators(field, member, at, depth);
        if (Object.hasOwn(condition, field.property)) more.push({ [field.property]: operators });
        else condition[field.property] = operators;
      }
    }
    if (more.length === 0) return condition;
    // Two fields of one column.
    if (depth === this.#limits.maxDepth) throw tooDeep(this.#limits, pointer);
    more.forEach(() => this.#count(pointer));
    return { ...condition, and: [...((condition['and'] ?? []) as Members[]), ...more] };
  }

  #list(allowlist: Allowlist, json: unknown, pointer: string, depth: number): Members[] {
    if (!Array.isArray(json)) throw needed('A list', pointer);
    return Array.from(json, (one, index) => this.#group(allowlist, one, `${pointer}/${index}`, depth + 1));
  }

  #operators(field: Field, json: unknown, pointer: string, depth: number): Members {
    const given = Object.entries(plainObject(json, pointer));
    if (given.length === 0) throw new InvalidInput('MISSING_VALUE', `${field.name} has no operator.`, pointer);
    const pointers: Record<string, string> = {};
    const operators: Members = {};
    for (const [operator, json] of given) {
      const at = `${pointer}/${escapePointer(operator)}`;
      const operand = operandOf(field.operators, field.name, operator, at);
      this.#count(at);
      operators[operator] = this.#operand(operand, json, at, depth);
      pointers[operator] = at;
    }
    return withOrigin(operators, pointers);
  }

  #operand(operand: Operand, json: unknown, pointer: string, depth: number): unknown {
    switch (operand.form) {
      case 'flag':
        if (typeof json !== 'boolean') throw needed('true or false', pointer);
        return json;
      case 'value':
        checkSize(this.#limits, json, pointer);
        return readFieldValue(operand.type, operand.values, json, pointer);
      case 'list':
        if (!Array.isArray(json)) throw needed('A list', pointer);
        checkSize(this.#limits, json, pointer);
        return Array.from(json, (one, index) =>
          readFieldValue(operand.type, operand.values, one, `${pointer}/${index}`),
        );
      case 'document':
        // Containment has no use for a JSON null, which clients write for what they do not know.
        if (json === null) throw needed('A JSON document', pointer);
        return readDocument(this.#limits, json, pointer);
      case 'path':
        return readJsonPath(this.#limits, json, pointer);
      case 'condition':
        return this.#group(operand.fields(), json, pointer, depth + 1);
    }
  }

  #count(pointer: string): void {
    if (++this.#nodes > this.#limits.maxNodes) throw tooManyParts(this.#limits, pointer);
  }
}

function filterable({ fields }: Allowlist, name: string, pointer: string): Field {
  const field = fields.get(name);
  if (field === undefined || field.operators.size === 0) {
    throw new InvalidInput('UNKNOWN_FIELD', `There is no field ${shown(name)} to filter by.`, pointer);
  }
  return field;
}

function operandOf(operators: Field['operators'], field: string, operator: string, pointer: string): Operand {
  const operand = operators.get(operator);
  if (operand === undefined) {
    throw new InvalidInput('UNKNOWN_OPERATOR', `${field} has no operator ${shown(operator)}.`, pointer);
  }
  return operand;
}

function needed(what: string, pointer: string): InvalidInput {
  return new InvalidInput('INVALID_VALUE', `${what} is needed here.`, pointer);
}
