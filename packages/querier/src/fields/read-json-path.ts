import { InvalidInput } from '@holdfast/errors';
import { LONGEST_JSON_PATH } from '../condition/json-path.js';
import { encoders } from '../entity/encoders.js';
import { escapePointer } from '../plain-data/escape-pointer.js';
import { checkSize, type QueryLimits } from '../plain-data/limits.js';
import { plainObject } from '../plain-data/plain-object.js';
import { readDocument } from './read-document.js';
import { shown } from '../plain-data/shown.js';

/** The operators of `at`, by what they take. */
export const pathOperators = {
  eq: 'document',
  ne: 'document',
  in: 'documents',
  notIn: 'documents',
  lt: 'bound',
  lte: 'bound',
  gt: 'bound',
  gte: 'bound',
  exists: 'flag',
} as const;

/** `{ path: ['limits', 0], gte: 4 }`. Throws InvalidInput. */
export function readJsonPath(limits: QueryLimits, json: unknown, pointer: string): Record<string, unknown> {
  const { path, ...given } = plainObject(json, pointer);
  const entries = Object.entries(given);
  if (path === undefined) throw new InvalidInput('MISSING_VALUE', 'A path is needed here.', `${pointer}/path`);
  if (entries.length === 0) throw new InvalidInput('MISSING_VALUE', 'A path needs an operator.', pointer);
  const read: Record<string, unknown> = { path: readPath(limits, path, `${pointer}/path`) };
  for (const [operator, operand] of entries) {
    const at = `${pointer}/${escapePointer(operator)}`;
    if (!Object.hasOwn(pathOperators, operator)) {
      throw new InvalidInput('UNKNOWN_OPERATOR', `A path has no operator ${shown(operator)}.`, at);
    }
    read[operator] = readOperand(limits, operator as keyof typeof pathOperators, operand, at);
  }
  return read;
}

function readOperand(
  limits: QueryLimits,
  operator: keyof typeof pathOperators,
  operand: unknown,
  pointer: string,
): unknown {
  const form = pathOperators[operator];
  if (form === 'documents') {
    if (!Array.isArray(operand)) throw refused('A list is needed here.', pointer);
    checkSize(limits, operand, pointer);
    return Array.from(operand, (one, index) => readDocument(limits, one, `${pointer}/${index}`));
  }
  if (form === 'flag' && typeof operand !== 'boolean') throw refused('true or false is needed here.', pointer);
  if (form === 'bound' && typeof operand !== 'number' && typeof operand !== 'string') {
    throw refused('A number or a text is needed here.', pointer);
  }
  return readDocument(limits, operand, pointer);
}

function readPath(limits: QueryLimits, path: unknown, pointer: string): readonly (string | number)[] {
  if (!Array.isArray(path) || path.length === 0 || path.length > LONGEST_JSON_PATH) {
    throw refused(`A path is a list of 1 to ${LONGEST_JSON_PATH} keys and positions.`, pointer);
  }
  checkSize(limits, path, pointer);
  return Array.from(path, (step: unknown, index) => {
    if (Number.isSafeInteger(step)) return (step as number) + 0;
    if (encoders.text(step) === null) throw refused('A key or a position is needed here.', `${pointer}/${index}`);
    return step as string;
  });
}

function refused(message: string, pointer: string): InvalidInput {
  return new InvalidInput('INVALID_VALUE', message, pointer);
}
