import type { InvalidInput } from '@holdfast/errors';
import type { StandardIssue } from './standard-schema.js';

const position = /^(0|[1-9]\d{0,14})$/;

/** Where a body was refused: the steps of its JSON pointer, positions as numbers. */
export function bodyIssuePath({ pointer }: InvalidInput): StandardIssue['path'] {
  return pointer === '' ? [] : stepsOf(pointer.slice(1));
}

/** Where a query string was refused: the parameter's name, and the steps within its value. */
export function parameterIssuePath({ pointer, reason }: InvalidInput): StandardIssue['path'] {
  // A parameter that is not known may have any name, with whatever stands in pointers.
  const isName = reason === 'UNKNOWN_PARAMETER' || reason === 'DUPLICATE_PARAMETER';
  return isName ? [pointer] : pointer === '' ? [] : stepsOf(pointer);
}

function stepsOf(pointer: string): StandardIssue['path'] {
  return pointer
    .split('/')
    .map((step) => (position.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}
