import type { EntityShape } from '../entity/entity-shape.js';
import { saysNothing } from './operators.js';

/**
 * Whether anything in a condition that compiles is compared with an empty text, list or document: every row with a value
 * meets that, or every row does under a `not`. Relations are looked behind.
 */
export function holdsEmptyOperand(shape: EntityShape, condition: object): boolean {
  return Object.entries(condition).some(([name, member]: [string, object]) => {
    if (name === 'and' || name === 'or') return (member as object[]).some((one) => holdsEmptyOperand(shape, one));
    if (name === 'not') return holdsEmptyOperand(shape, member);
    const operands: [string, unknown][] = Object.entries(member);
    const column = shape.columns.get(name);
    if (column !== undefined) return operands.some(([operator, operand]) => saysNothing(column, operator, operand));
    const { target } = shape.relations.get(name)!;
    return operands.some(([, group]) => typeof group === 'object' && holdsEmptyOperand(target, group as object));
  });
}
