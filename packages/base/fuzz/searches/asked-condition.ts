import type { FieldSet } from '@holdfast/querier';
import { fuzzedDefinition } from './fuzzed-definition.js';
import type { FuzzedEntity } from './fuzzed-entities.js';

type Plain = Readonly<Record<string, unknown>>;

/** A filter in JSON in the oracle's words: names of rows, and each field alone. */
export function askedCondition(fields: FieldSet<never>, entity: FuzzedEntity, json: unknown): unknown {
  const and = Object.entries(json as Plain).map(([name, member]): unknown => {
    if (name === 'not') return { not: askedCondition(fields, entity, member) };
    if (name === 'and' || name === 'or') {
      return { [name]: (member as readonly unknown[]).map((one) => askedCondition(fields, entity, one)) };
    }
    const { relation, fields: behind, column = name } = fuzzedDefinition(fields, name);
    if (relation === undefined) return { [column]: operandsOf(entity, column, member as Plain) };
    const { target } = entity.relations[relation]!;
    const operators = Object.entries(member as Plain).map(([operator, operand]) => [
      operator,
      operator === 'exists' ? operand : askedCondition(behind!(), target, operand),
    ]);
    return { [relation]: Object.fromEntries(operators) as unknown };
  });
  return { and };
}

function operandsOf(entity: FuzzedEntity, column: string, operators: Plain): Plain {
  const { kind } = entity.columns[column]!;
  if (kind !== 'local') return operators;
  // The outside gives a point in time, which stands for the local time then.
  const local = (operand: unknown): unknown =>
    Array.isArray(operand) ? operand.map(local) : typeof operand === 'string' ? new Date(operand) : operand;
  return Object.fromEntries(Object.entries(operators).map(([name, operand]) => [name, local(operand)]));
}
