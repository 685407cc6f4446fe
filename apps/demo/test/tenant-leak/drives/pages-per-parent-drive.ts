import { batchQuerier, type Cursor, type Page } from '@holdfast/querier';
import { type Attempt, attempt, type Drive } from '../attempt.js';
import { conditionsAt, inTurns } from './conditions.js';
import type { Kit } from './kit.js';
import { pages } from './search-drive.js';
import type { Call } from './standard-drives.js';

/** Pages of parents, theirs among them, and searches that go on from cursors to the pages of others. */
export function pagesPerParentDrive(kit: Kit, call: Call): Drive {
  return async ({ mine, theirs }) => {
    const attempts: Attempt[] = [];
    const parents = kit.parents?.(mine) ?? {};
    for (const [by, own] of Object.entries(parents)) {
      const foreign = kit.parents!(theirs)[by]!;
      const both = { by, parents: [...foreign, ...own] };
      const scopes = kit.scopes(mine);
      for (const scope of scopes) {
        for (const page of pages) attempts.push(attempt(scope, both, batchQuerier(page), { includeDeleted: true }));
      }
      attempts.push(
        ...inTurns(scopes, conditionsAt(kit, theirs), (scope, condition) =>
          attempt(scope, both, batchQuerier({ ...pages[0]!, conditions: [condition as never] })),
        ),
        ...inTurns(scopes, kit.orders, (scope, orders) => attempt(scope, both, batchQuerier({ ...pages[4]!, orders }))),
      );
      for (const [index, scope] of kit.scopes(theirs).entries()) {
        const args = [scope, { by, parents: foreign }, batchQuerier({ pagination: { first: 1 } })];
        // Where there is nobody, a scope may refuse to look.
        const found = (await call('pagesPerParent', args).catch(() => new Map())) as Map<unknown, Page<unknown>>;
        for (const parent of foreign) {
          const after = found.get(parent)?.startCursor ?? 'no cursor';
          attempts.push(goingOn(call, scopes[index], { [by]: { eq: parent } }, after));
        }
      }
    }
    return attempts;
  };
}

/** A search that goes on from a cursor of somebody else. */
function goingOn(call: Call, scope: unknown, condition: object, after: string): Attempt {
  const pagination = { first: 1, after: after as Cursor };
  const args = [scope, batchQuerier({ conditions: [condition], pagination })];
  return { args, call: () => call('search', args), refusedFor: 'INVALID_CURSOR' };
}
