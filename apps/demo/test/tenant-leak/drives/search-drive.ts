import { batchQuerier, type BatchQuerierArgs, type Page } from '@holdfast/querier';
import { type Attempt, attempt, type Call, type Drive } from '../attempt.js';
import type { World } from '../world.js';
import { conditionsAt, inTurns, negatedConditionsAt } from './conditions.js';
import { everyScope, type Kit } from './kit.js';
import { measureDrive } from './measure-drive.js';

type Args = BatchQuerierArgs<never>;

const first = { pagination: { first: 1 } } as const;

/** Pages of every kind, with and without totals. */
export const pages: readonly Args[] = [
  { pagination: { limit: 100, offset: 0 }, total: 'exact' },
  { pagination: { limit: 1, offset: 1 }, total: { atMost: 1 }, measureBoth: true },
  { pagination: { limit: 1, offset: 3 } },
  { pagination: { first: 0 }, total: 'exact' },
  { pagination: { first: 2 }, measureBoth: true },
  { pagination: { last: 2 }, total: { atMost: 4 }, measureBoth: true },
  { pagination: { noPagination: true } },
];

/** Searches: by every condition, pages of every kind in every order, walks to both ends, and cursors of others. */
export function searchDrive(kit: Kit, call: Call): Drive {
  const search = (scope: unknown, args: Args, selection: object = {}): Attempt =>
    attempt(scope, batchQuerier(args), selection);

  /** Page by page, until there is no more. */
  const walk = (scope: unknown, args: Args, forward: boolean): Attempt => {
    const walked = async (): Promise<readonly Page<unknown>[]> => {
      const seen: Page<unknown>[] = [];
      for (let cursor = null, more = true; more && seen.length < 50;) {
        const pagination = forward ? { first: 1, after: cursor } : { last: 1, before: cursor };
        const page = (await call('search', [scope, batchQuerier({ ...args, pagination })])) as Page<unknown>;
        seen.push(page);
        cursor = (forward ? page.endCursor : page.startCursor) as null;
        more = cursor !== null && (forward ? page.hasNextPage : page.hasPreviousPage);
      }
      return seen;
    };
    return { args: [scope, args, forward ? 'walked to its end' : 'walked to its beginning'], call: walked };
  };

  /** A cursor to the rows of a tenant; where there are none, a text that is no cursor. */
  const cursorOf = async (scope: unknown, args: Args): Promise<never> => {
    const page = (await call('search', [scope, batchQuerier(args)]).catch(() => null)) as Page<unknown> | null;
    return (page?.startCursor ?? 'no cursor') as never;
  };

  /** Cursors to rows of theirs, in every order, used as mine: none may be good for anything. */
  const foreign = async ({ mine, theirs }: World): Promise<readonly Attempt[]> => {
    const attempts: Attempt[] = [];
    const mints = [{ ...first, bindConditions: false }, ...[[], ...kit.orders].map((orders) => ({ ...first, orders }))];
    const alike = kit.alike?.(mine);
    const own = [...everyScope(kit, mine), ...(alike === undefined ? [] : [alike[1]])];
    const others = [...everyScope(kit, theirs), ...(alike === undefined ? [] : [alike[0]])];
    for (const mint of mints) {
      // What is alike says nothing of relations.
      const isPlain = !('orders' in mint) || mint.orders.length === 0;
      const cursors = await Promise.all(others.map((scope) => cursorOf(scope, mint)));
      for (const [index, cursor] of cursors.entries()) {
        if (!isPlain && others[index] === alike?.[0]) continue;
        for (const pagination of [
          { first: 2, after: cursor },
          { last: 2, before: cursor },
        ]) {
          attempts.push({ ...search(own[index], { ...mint, pagination }), refusedFor: 'INVALID_CURSOR' });
        }
      }
    }
    return attempts;
  };

  return async (world) => {
    const { mine, theirs } = world;
    const scopes = everyScope(kit, mine);
    const conditions = [...conditionsAt(kit, theirs), ...negatedConditionsAt(kit, theirs)];
    return [
      ...(await foreign(world)),
      ...(kit.refusedSearches?.(mine) ?? []).map(([scope, asked, refusedFor]) => ({
        ...search(scope, { ...pages[0]!, ...asked }),
        refusedFor,
      })),
      ...scopes.flatMap((scope) =>
        pages.flatMap((page) => [search(scope, page), search(scope, page, { includeDeleted: true })]),
      ),
      ...scopes.flatMap((scope) => measureDrive(kit, call, theirs, scope)),
      ...inTurns(scopes, kit.orders, (scope, orders) => [
        search(scope, { ...pages[0]!, orders }),
        ...[true, false].map((forward) => walk(scope, { ...first, orders }, forward)),
      ]).flat(),
      ...inTurns(scopes, conditions, (scope, condition) =>
        search(scope, { ...pages[0]!, conditions: [condition as never] }),
      ),
    ];
  };
}
