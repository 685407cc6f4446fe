import { Misuse } from '@holdfast/errors';
import { encoders } from '../entity/encoders.js';
import { OrderExpression } from '../order/order-expression.js';
import type { ColumnField, RelationOperator } from './field-definition.js';
import type { Allowlist, Field, FieldOrder, Operand } from './field.js';
import { type FieldType, listOperators, operatorsOfType, patternOperators } from './field-type.js';
import { graphqlName } from './graphql/graphql-name.js';

const groups: readonly string[] = ['and', 'or', 'not'];
const ofOne: readonly string[] = ['is', 'exists'] satisfies readonly RelationOperator[];
const ofMany: readonly string[] = ['some', 'none', 'every'] satisfies readonly RelationOperator[];
const ofLists: readonly string[] = listOperators;
const lists: ReadonlySet<string> = new Set(['in', 'notIn', 'iin', 'hasAny', 'hasAll']);
const flags: ReadonlySet<string> = new Set(['isNull', 'isEmpty', 'exists']);

/** Definitions as they come from somewhere that knows no types. */
type Column = { readonly [Member in keyof ColumnField<never>]: unknown } & { readonly column?: unknown };
interface Relation {
  readonly relation: unknown;
  readonly operators: unknown;
  readonly fields: unknown;
}

/** The fields of an entity. Throws Misuse for a definition that no row could meet or no face could write. */
export function resolveFields(definitions: Readonly<Record<string, object>>): ReadonlyMap<string, Field> {
  return new Map(
    Object.entries(definitions).map(([name, definition]): [string, Field] => {
      // What GraphQL takes, all other faces can write too. What every object inherits is taken for a member by implementations of GraphQL.
      if (!graphqlName.test(name) || groups.includes(name) || name in Object.prototype) {
        throw new Misuse(`A field cannot be named ${name}: letters, digits and _, and no word that is taken.`);
      }
      const loose = definition as Column | Relation;
      return [name, Object.freeze('relation' in loose ? relationField(name, loose) : columnField(name, loose))];
    }),
  );
}

function relationField(name: string, { relation, operators, fields }: Relation): Field {
  if (typeof fields !== 'function') throw new Misuse(`The relation field ${name} needs the fields behind it.`);
  const listed = operatorList(name, operators);
  const known = [ofOne, ofMany].some((family) => listed.every((operator) => family.includes(operator)));
  if (listed.length === 0 || !known) {
    throw new Misuse(`The relation field ${name} has operators of ${ofOne.join(', ')} or of ${ofMany.join(', ')}.`);
  }
  const operand: Operand = { form: 'condition', fields: fields as () => Allowlist };
  return {
    name,
    property: propertyOf(name, relation),
    operators: new Map(listed.map((operator) => [operator, operator === 'exists' ? { form: 'flag' } : operand])),
    order: null,
    selected: true,
  };
}

function columnField(name: string, definition: Column): Field {
  const { type, column = name, operators = [], values = null } = definition;
  if (typeof type !== 'string' || !Object.hasOwn(operatorsOfType, type)) {
    throw new Misuse(`The field ${name} has no type that there is.`);
  }
  const known: readonly string[] = operatorsOfType[type as FieldType];
  const listed = operatorList(name, operators);
  const stray = listed.find((operator) => !known.includes(operator));
  if (stray !== undefined) throw new Misuse(`The field ${name} of type ${type} cannot have the operator ${stray}.`);
  const isList = listed.some((operator) => ofLists.includes(operator));
  const isScalar = listed.some((operator) => operator !== 'isNull' && !ofLists.includes(operator));
  if (isList && isScalar) throw new Misuse(`No column has all the operators of the field ${name}.`);
  const property = propertyOf(name, column);
  const { selected = true } = definition;
  if (typeof selected !== 'boolean') throw new Misuse(`selected of the field ${name} is true or false.`);
  const order = orderOf(name, property, selected, definition);
  if (order !== null && (type === 'json' || isList)) throw new Misuse(`Nothing can be ordered by the field ${name}.`);
  if (values !== null) checkValues(name, type, values, listed);
  const operand = operandOf(type as FieldType, values as readonly string[] | null);
  return {
    name,
    property,
    operators: new Map(listed.map((operator) => [operator, operand(operator)])),
    order,
    selected,
  };
}

function operandOf(type: FieldType, values: readonly string[] | null): (operator: string) => Operand {
  return (operator) => {
    if (flags.has(operator)) return { form: 'flag' };
    if (operator === 'at') return { form: 'path' };
    if (operator === 'hasKey') return { form: 'value', type: 'text', values: null };
    if (type === 'json') return { form: 'document' };
    return { form: lists.has(operator) ? 'list' : 'value', type, values };
  };
}

function operatorList(name: string, operators: unknown): readonly string[] {
  const isList = Array.isArray(operators) && operators.every((operator) => typeof operator === 'string');
  if (!isList || new Set(operators).size !== operators.length) {
    throw new Misuse(`The operators of the field ${name} are a list of different names.`);
  }
  return operators as readonly string[];
}

function propertyOf(name: string, property: unknown): string {
  if (typeof property === 'string' && property !== '' && property !== '__proto__' && !groups.includes(property)) {
    return property;
  }
  throw new Misuse(`The field ${name} stands for no property of a row.`);
}

function orderOf(name: string, property: string, selected: boolean, definition: Column): FieldOrder | null {
  const { order = false, fewTies = false } = definition;
  if (typeof fewTies !== 'boolean') throw new Misuse(`fewTies of the field ${name} is true or false.`);
  if (order === false) return null;
  const by = order === true ? property : order;
  if ((typeof by === 'string' && by !== '') || OrderExpression.isExpression(by)) {
    return { by: by as FieldOrder['by'], confidential: !selected, fewTies };
  }
  throw new Misuse(`The order of the field ${name} is true, a column or an order expression.`);
}

function checkValues(name: string, type: string, values: unknown, operators: readonly string[]): void {
  const areTexts = Array.isArray(values) && values.length > 0 && values.every((value) => encoders.text(value) !== null);
  if (type !== 'text' || !areTexts || new Set(values).size !== values.length) {
    throw new Misuse(`The values of the field ${name} are a list of different texts.`);
  }
  const pattern = operators.find((operator) => patternOperators.includes(operator));
  if (pattern !== undefined)
    throw new Misuse(`The values of the field ${name} are known: ${pattern} has no use there.`);
}
