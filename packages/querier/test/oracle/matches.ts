import { columnMatches } from './column-operators.js';
import type { OracleEntity, OracleRelation, OracleRow, OracleWorld } from './oracle-entity.js';
import { relatedRows, type Visible } from './related-rows.js';

type Plain = Readonly<Record<string, unknown>>;

/** The world around a row: where the rows behind its relations are, and which of them may be seen. */
export interface Surroundings {
  readonly world: OracleWorld;
  readonly visible: Visible;
}

/** Whether a row meets a condition. Two-valued, so that `not` is the complement and nothing more is to be said on NULL. */
export function matches(around: Surroundings, entity: OracleEntity, row: OracleRow, condition: unknown): boolean {
  return Object.entries(condition as Plain).every(([name, member]) => {
    const group = (one: unknown): boolean => matches(around, entity, row, one);
    if (name === 'and') return (member as readonly unknown[]).every(group);
    if (name === 'or') return (member as readonly unknown[]).some(group);
    if (name === 'not') return !group(member);
    const relation = entity.relations[name];
    if (relation !== undefined) return relationMatches(around, relation, row, member as Plain);
    const column = entity.columns[name]!;
    return Object.entries(member as Plain).every(([operator, operand]) =>
      columnMatches(column, row[name] ?? null, operator, operand),
    );
  });
}

function relationMatches(around: Surroundings, relation: OracleRelation, row: OracleRow, operators: Plain): boolean {
  const behind = relatedRows(around.world, relation, row, around.visible);
  return Object.entries(operators).every(([operator, operand]) => {
    const met = (other: OracleRow): boolean => matches(around, relation.target, other, operand);
    if (operator === 'some' || operator === 'is') return behind.some(met);
    if (operator === 'none') return !behind.some(met);
    if (operator === 'every') return behind.every(met);
    if (operator === 'exists') return behind.length > 0 === operand;
    throw new Error(`The oracle knows no operator ${operator} of relations.`);
  });
}
