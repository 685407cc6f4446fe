import type { EntityShape } from '../entity/entity-shape.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import type { TextParts } from '../entity/text-parts.js';
import { checkSize, type QueryLimits } from '../plain-data/limits.js';
import { isPlainObject } from '../plain-data/plain-object.js';
import { type OperatorName, operatorOf } from './operators.js';

/** Operators that are taken at most: what is longer would be kept for long, and seldom comes again. */
const MOST = 16;

/** Their texts depend on the column alone. `at` is none of them: its text has the path's length and the operand's type. */
const ofOneText = [
  ...([
    'eq',
    'ne',
    'lt',
    'lte',
    'gt',
    'gte',
    'in',
    'notIn',
    'contains',
    'startsWith',
    'endsWith',
    'ieq',
    'iin',
  ] as const),
  ...(['icontains', 'istartsWith', 'iendsWith', 'has', 'hasAny', 'hasAll', 'hasKey'] as const),
] satisfies readonly OperatorName[];

/** Of a boolean, which chooses the text. */
const ofTwoTexts = ['isNull', 'isEmpty'] satisfies readonly OperatorName[];

const known = new Map(
  [...ofOneText, ...ofTwoTexts].map((name: OperatorName) => [
    name as string,
    { operator: operatorOf(name)!, isChoice: (ofTwoTexts as readonly string[]).includes(name) },
  ]),
);

/**
 * Conditions as parts of their text, in the order in which `compileCondition` writes it, with their values. False for what
 * is not columns with operators alone. Throws for values that are refused, without saying where they are.
 */
export function conditionParts(
  shape: EntityShape,
  conditions: unknown,
  writer: SqlWriter,
  limits: QueryLimits,
  into: TextParts,
): boolean {
  if (!Array.isArray(conditions)) return false;
  const most = Math.min(MOST, limits.maxNodes);
  let count = 0;
  for (const condition of conditions as unknown[]) {
    if (!isPlainObject(condition)) return false;
    for (const name of namesIn(condition)) {
      const column = groups.has(name) ? undefined : shape.columns.get(name);
      const operands = condition[name];
      if (column === undefined || !isPlainObject(operands)) return false;
      const before = count;
      for (const operator of namesIn(operands)) {
        const found = known.get(operator);
        const operand = operands[operator];
        if (found === undefined || operand === undefined || operand === null || ++count > most) return false;
        checkSize(limits, operand, '');
        // What is asked of it is its value: it is encoded, and refused, as it is where the text is written.
        found.operator.compile(column, operand, writer, '');
        into.and(column);
        into.and(found);
        if (found.isChoice) into.and(operand);
      }
      if (count === before) return false;
    }
  }
  return true;
}

const groups: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/** In the order of the text. */
function namesIn(members: object): readonly string[] {
  const names = Object.keys(members);
  return names.length > 1 ? names.sort() : names;
}
