import { InvalidInput } from '@holdfast/errors';
import { freeze } from '../../plain-data/freeze.js';
import type { StandardIssue, StandardSchema } from './standard-schema.js';

/** A reading of requests as a Standard Schema: what it refuses becomes an issue, and nothing that is sent makes it throw. */
export function searchSchema<Input, Output>(read: (value: unknown) => Output): StandardSchema<Input, Output> {
  return freeze<StandardSchema<Input, Output>>({
    '~standard': {
      version: 1,
      vendor: 'holdfast',
      validate(value) {
        try {
          return { value: read(value) };
        } catch (error) {
          if (!(error instanceof InvalidInput)) throw error;
          return { issues: [{ message: error.message, path: pathOf(error) }] };
        }
      },
    },
  });
}

/** A JSON pointer in steps, or the name of a parameter and the steps within its value. */
function pathOf({ pointer, reason }: InvalidInput): StandardIssue['path'] {
  // What is unknown may have any name, with whatever stands in pointers.
  const isName = !pointer.startsWith('/') && (reason === 'UNKNOWN_PARAMETER' || reason === 'DUPLICATE_PARAMETER');
  if (isName || pointer === '') return pointer === '' && !isName ? [] : [pointer];
  const steps = pointer.startsWith('/') ? pointer.slice(1) : pointer;
  return steps
    .split('/')
    .map((step) =>
      /^(0|[1-9]\d{0,14})$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~'),
    );
}
