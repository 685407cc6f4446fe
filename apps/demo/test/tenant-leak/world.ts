import { Tenant } from './tenant.js';

/**
 * Two tenants. In one world of each pair the rows of `theirs` are there, in the other they are not; to `mine` both must
 * look the same.
 */
export interface World {
  readonly mine: Tenant;
  readonly theirs: Tenant;
  readonly isShared: boolean;
}

export function newWorld(isShared: boolean): World {
  return { mine: new Tenant('mine'), theirs: new Tenant('theirs'), isShared };
}

/** A text without what differs from world to world whoever is there: tokens, ids that are new or made of tokens, times and signatures. */
export function worldless({ mine, theirs }: World, text: string): string {
  return text
    .replaceAll(mine.canary, '<my canary>')
    .replaceAll(mine.token, '<mine>')
    .replaceAll(theirs.token, '<theirs>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<new id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, '<time>')
    .replace(/"[\w-]{60,}"/g, '"<cursor>"');
}
