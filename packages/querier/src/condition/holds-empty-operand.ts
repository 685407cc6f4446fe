import type { EntityShape } from '../entity/entity-shape.js';
import { saysNothing } from './operators.js';

/**
 * Whether anything in a condition that compiles is compared with an empty text, list or document: every row with a value
 * meets that, or every row does under a `not`. Relations are looked behind.
 */
export function holdsEmptyOperand(shape: EntityShape, condition: object): boolean {
  return holdsEmpty(shape, condition, '');
}

/** `before` is what stands before the names: an embedded object's path with its dot. */
function holdsEmpty(shape: EntityShape, condition: object, before: string): boolean {
  return Object.entries(condition).some(([name, member]: [string, object]) => {
    if (before === '' && (name === 'and' || name === 'or')) {
      return (member as object[]).some((one) => holdsEmpty(shape, one, ''));
    }
    if (before === '' && name === 'not') return holdsEmpty(shape, member, '');
    const path = before + name;
    if (shape.embedded.has(path)) return holdsEmpty(shape, member, `${path}.`);
    const operands: [string, unknown][] = Object.entries(member);
    const column = shape.columns.get(path);
    if (column !== undefined) return operands.some(([operator, operand]) => saysNothing(column, operator, operand));
    const { target } = shape.relations.get(path)!;
    return operands.some(([, group]) => typeof group === 'object' && holdsEmptyOperand(target, group as object));
  });
}
