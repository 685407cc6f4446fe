import { InvalidInput } from '@holdfast/errors';

/** What a single query may ask for at most. */
export interface QueryLimits {
  /** Rows of one page. Default 1,000. */
  readonly maxPageSize: number;
  /** How deep groups nest in a condition. Default 8. */
  readonly maxDepth: number;
  /** Operators and nested groups of a condition in all. Default 256. */
  readonly maxNodes: number;
  /** Elements of one list. Default 10,000. */
  readonly maxListLength: number;
  /** Characters of one text. Default 10,000. */
  readonly maxTextLength: number;
}

export const defaultLimits: QueryLimits = Object.freeze({
  maxPageSize: 1_000,
  maxDepth: 8,
  maxNodes: 256,
  maxListLength: 10_000,
  maxTextLength: 10_000,
});

/** Refuses a list or a text that is too long. */
export function checkSize(limits: QueryLimits, operand: unknown, pointer: string): void {
  if (!Array.isArray(operand)) return checkLength(limits, operand, pointer);
  if (operand.length > limits.maxListLength) {
    throw new InvalidInput('LIMIT_EXCEEDED', `A list has at most ${limits.maxListLength} elements.`, pointer);
  }
  operand.forEach((one, index) => checkLength(limits, one, pointer, index));
}

function checkLength({ maxTextLength }: QueryLimits, text: unknown, pointer: string, index?: number): void {
  if (typeof text !== 'string' || text.length <= maxTextLength) return;
  const at = index === undefined ? pointer : `${pointer}/${index}`;
  throw new InvalidInput('LIMIT_EXCEEDED', `A text has at most ${maxTextLength} characters.`, at);
}

export function tooDeep({ maxDepth }: QueryLimits, pointer: string): InvalidInput {
  return new InvalidInput('LIMIT_EXCEEDED', `Conditions nest at most ${maxDepth} deep.`, pointer);
}

export function tooManyParts({ maxNodes }: QueryLimits, pointer: string): InvalidInput {
  return new InvalidInput('LIMIT_EXCEEDED', `A condition has at most ${maxNodes} parts.`, pointer);
}
