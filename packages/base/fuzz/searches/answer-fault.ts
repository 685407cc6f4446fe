import { isDeepStrictEqual } from 'node:util';
import type { Page } from '@holdfast/querier';
import type { ExpectedPage } from './expected-page.js';
import { CANARY } from './fuzzed-values.js';

/** What is wrong with the answer to a request, or null. */
export function answerFault(page: Page<object>, expected: ExpectedPage): string | null {
  const { items, total, hasNextPage, hasPreviousPage, cursors } = page;
  const ids = items.map((item) => (item as { id: unknown }).id);
  const answered: ExpectedPage = { ids, hasNextPage, hasPreviousPage, total };
  if (!isDeepStrictEqual(answered, expected)) {
    return `answered ${JSON.stringify(answered)} instead of ${JSON.stringify(expected)}`;
  }
  if (cursors.length !== items.length) return `${cursors.length} cursors for ${items.length} rows`;
  if (JSON.stringify(page, withoutBigints).includes(CANARY)) return 'an answer tells a secret';
  const readable = cursors.map((cursor) => Buffer.from(cursor, 'base64url').toString('latin1'));
  return readable.some((text) => text.includes(CANARY)) ? 'a cursor tells a secret' : null;
}

const withoutBigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
