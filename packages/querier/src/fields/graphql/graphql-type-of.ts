import type { Allowlist, Operand } from '../field.js';
import type { FieldType } from '../field-type.js';
import { graphqlName } from './graphql-name.js';

const scalars: Readonly<Record<FieldType, string>> = {
  text: 'String',
  uuid: 'UUID',
  integer: 'Int',
  bigint: 'BigInt',
  number: 'Float',
  decimal: 'Decimal',
  boolean: 'Boolean',
  timestamp: 'DateTime',
  date: 'Date',
  time: 'Time',
  json: 'JSON',
};

/** Whether the values of an operand can be an enum: all of them are names that GraphQL allows there. */
export function isGraphqlEnum(operand: Operand): operand is Operand & { readonly values: readonly string[] } {
  const isClosed = (operand.form === 'value' || operand.form === 'list') && operand.values !== null;
  return isClosed && operand.values!.every((value) => graphqlName.test(value));
}

/** The GraphQL type of what an operator takes. */
export function graphqlTypeOf(operand: Operand, enumName: string, filterOf: (behind: Allowlist) => string): string {
  switch (operand.form) {
    case 'flag':
      return 'Boolean';
    case 'document':
      return 'JSON';
    case 'path':
      return 'JsonPathOperators';
    case 'condition':
      return filterOf(operand.fields());
    default: {
      const one = isGraphqlEnum(operand) ? enumName : scalars[operand.type];
      return operand.form === 'list' ? `[${one}!]` : one;
    }
  }
}
