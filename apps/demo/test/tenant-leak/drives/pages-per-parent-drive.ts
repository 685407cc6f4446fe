import { batchQuerier, type Cursor, type Page } from '@holdfast/querier';
import { type Attempt, attempt, type Call, type Drive } from '../attempt.js';
import { conditionsAt, inTurns } from './conditions.js';
import { everyScope, type Kit } from './kit.js';
import { pages } from './search-drive.js';

/** Pages of parents, theirs among them, and searches that go on from cursors to the pages of others. */
export function pagesPerParentDrive(kit: Kit, call: Call): Drive {
  return async ({ mine, theirs }) => {
    const attempts: Attempt[] = [];
    const columns = Object.entries(kit.parents?.(mine) ?? {});
    const conditions = conditionsAt(kit, theirs);
    for (const [turn, [by, own]] of columns.entries()) {
      const foreign = kit.parents!(theirs)[by]!;
      const both = { by, parents: [...foreign, ...own] };
      const scopes = everyScope(kit, mine);
      for (const scope of scopes) {
        for (const page of pages) attempts.push(attempt(scope, both, batchQuerier(page), { includeDeleted: true }));
        attempts.push(walkedOn(call, scope, by, own));
      }
      const some = conditions.filter((_, index) => index % columns.length === turn);
      attempts.push(
        ...inTurns(scopes, some, (scope, condition) =>
          attempt(scope, both, batchQuerier({ ...pages[0]!, conditions: [condition as never] })),
        ),
        ...inTurns(scopes, kit.orders, (scope, orders) => attempt(scope, both, batchQuerier({ ...pages[4]!, orders }))),
      );
      for (const [index, scope] of everyScope(kit, theirs).entries()) {
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

/** Searches that go on from the pages of one's own parents: there nothing may be refused. */
function walkedOn(call: Call, scope: unknown, by: string, parents: readonly unknown[]): Attempt {
  const walk = async (): Promise<readonly unknown[]> => {
    const args = [scope, { by, parents }, batchQuerier({ pagination: { first: 1 } })];
    const found = (await call('pagesPerParent', args)) as Map<unknown, Page<unknown>>;
    const seen: unknown[] = [];
    for (const [parent, { startCursor }] of found) {
      if (startCursor === null) continue;
      const { args: next } = goingOn(call, scope, { [by]: { eq: parent } }, startCursor);
      const page = await call('search', next).catch((error: unknown) => {
        throw new Error('A cursor of my own was refused.', { cause: error });
      });
      seen.push(page);
    }
    return seen;
  };
  return { args: [scope, { by, parents }, 'walked on'], call: walk };
}

/** A search that goes on from a cursor of somebody else. */
function goingOn(call: Call, scope: unknown, condition: object, after: string): Attempt {
  const pagination = { first: 1, after: after as Cursor };
  const args = [scope, batchQuerier({ conditions: [condition], pagination })];
  return { args, call: () => call('search', args), refusedFor: 'INVALID_CURSOR' };
}
