import type { EntityShape } from '../entity/entity-shape.js';

/** What restricts rows besides scope and conditions, as SQL that can stand in an AND; null where nothing does. */
export function restrictionOf(
  { deletedAt }: EntityShape,
  options: { readonly restriction?: string; readonly includeDeleted?: boolean },
  qualifier = '',
): string | null {
  const parts: string[] = [];
  if (deletedAt !== null && options.includeDeleted !== true) parts.push(`${qualifier}${deletedAt.sql} IS NULL`);
  if (options.restriction !== undefined) parts.push(`(${options.restriction})`);
  return parts.length === 0 ? null : parts.join(' AND ');
}
