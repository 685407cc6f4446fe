import { InvalidInput } from '@holdfast/errors';
import { freeze } from '../../plain-data/freeze.js';
import type { StandardIssue, StandardSchema } from './standard-schema.js';

/** A reading of requests as a Standard Schema: what it refuses becomes an issue, and nothing that is sent makes it throw. */
export function searchSchema<Input, Output>(
  read: (value: unknown) => Output,
  pathOf: (error: InvalidInput) => StandardIssue['path'],
): StandardSchema<Input, Output> {
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
