import { InvalidInput, type InvalidInputReason } from '@holdfast/errors';
import { escapePointer } from '@holdfast/querier';
import type { z } from 'zod';

/**
 * What was given, with defaults, where it fits the schema. Throws `InvalidInput` with a pointer to the first part that does
 * not. Messages are those of the schema, and hold nothing of the value; nor does the pointer, of a value that is secret.
 */
export function checkedInput<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  pointer: string,
  { isSecret = false }: { readonly isSecret?: boolean } = {},
): Value {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  const [message, path] = told(issue);
  const at = isSecret ? '' : path.map((step) => `/${escapePointer(String(step))}`).join('');
  throw new InvalidInput(reasonOf(issue), `${message}.`, pointer + at);
}

function told(issue: z.core.$ZodIssue): readonly [message: string, path: readonly PropertyKey[]] {
  if (issue.code === 'unrecognized_keys') return ['There is no such member', [...issue.path, issue.keys[0]!]];
  return [issue.code === 'invalid_key' ? issue.issues[0]!.message : issue.message, issue.path];
}

function reasonOf(issue: z.core.$ZodIssue): InvalidInputReason {
  if (issue.code === 'unrecognized_keys') return 'UNKNOWN_FIELD';
  if (issue.code === 'too_big' && issue.origin === 'array') return 'LIMIT_EXCEEDED';
  return 'INVALID_VALUE';
}
