import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'A text',
  number: 'A number',
  int: 'A whole number',
  boolean: 'true or false',
  array: 'A list',
  object: 'An object',
  record: 'An object',
};

/** What is wrong with a part of a body, for people, where its schema does not say so. Without a full stop. */
export function plainMessage(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${kinds[issue.expected] ?? 'Another value'} is needed`;
    case 'invalid_value':
      return `The value must be one of: ${issue.values.join(', ')}`;
    case 'too_small':
      return `${sized(issue.origin)} of at least ${issue.minimum}${unitOf(issue.origin)} is needed`;
    case 'too_big':
      return `${sized(issue.origin)} of at most ${issue.maximum}${unitOf(issue.origin)} is needed`;
    default:
      return 'The value is not of the form that is needed';
  }
}

function sized(origin: string): string {
  return kinds[origin] ?? 'A value';
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}
