import type { Allowlist } from '../field.js';

/** The orders of an allowlist as a pattern of their texts, or null where there are none. */
export function orderPattern({ fields }: Allowlist): string | null {
  const names = [...fields.values()].filter(({ order }) => order !== null).map(({ name }) => name);
  return names.length === 0 ? null : `^-?(${names.join('|')})(:nulls(First|Last))?$`;
}
