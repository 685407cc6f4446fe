import { InvalidInput, type InvalidInputReason } from '@holdfast/errors';
import type { z } from 'zod';
import { jsonPointer } from './json-pointer.js';
import { plainMessage } from './plain-message.js';

/** A body that fits its schema. Throws `InvalidInput` with a pointer to the first part that does not. */
export function checkedBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const checked = schema.safeParse(body, { error: plainMessage });
  if (checked.success) return checked.data;
  throw refusal(deepest(checked.error.issues[0]!), body);
}

const limit = 'LIMIT_EXCEEDED';

type Issue = z.core.$ZodIssue;

/** Of a union, the complaint of the alternative that came furthest says most. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flatMap((issues) => issues.slice(0, 1))
    .map((one) => ({ ...deepest(one), path: [...issue.path, ...deepest(one).path] }))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return inner !== undefined && inner.path.length > issue.path.length ? inner : issue;
}

function refusal(issue: Issue, body: unknown): InvalidInput {
  if (issue.code === 'unrecognized_keys') {
    return new InvalidInput('UNKNOWN_FIELD', 'There is no such member.', jsonPointer([...issue.path, issue.keys[0]!]));
  }
  const pointer = jsonPointer(issue.path);
  if (valueAt(body, issue.path) === undefined) return new InvalidInput('MISSING_VALUE', 'A value is needed.', pointer);
  const [ofName] = issue.code === 'invalid_key' ? issue.issues : [];
  return new InvalidInput(reasonOf(issue), `${(ofName ?? issue).message}.`, pointer);
}

/** A schema's own rule may say that it is a limit. */
function reasonOf(issue: Issue): InvalidInputReason {
  const isLimit =
    issue.code === 'too_big' ? issue.origin === 'array' : issue.code === 'custom' && issue.params?.['reason'] === limit;
  return isLimit ? limit : 'INVALID_VALUE';
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    body,
  );
}
