import { createHash } from 'node:crypto';
import { canonicalText, type Scope, scopesOf } from '@holdfast/querier';

/** SHA-256 of a text, as 43 characters of base64url. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The same for equal scopes, in every process; of what is unscoped, the empty text. */
export function scopeDigest<Row>(scope: Scope<Row>): string {
  const scopes = scopesOf(scope);
  if (scopes === null) return '';
  return digest(canonicalText(scopes.map(({ name, stamp, where }) => ({ name, stamp, where }))));
}
