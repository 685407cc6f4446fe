import { batchQuerier, type BatchQuerierArgs, order, type Page } from '@holdfast/querier';
import { type Attempt, attempt, type Call } from '../attempt.js';
import type { Tenant } from '../tenant.js';
import type { Kit } from './kit.js';

type Args = BatchQuerierArgs<never>;

/**
 * What lies against the direction of a page, asked for rows that only they have, from both ends of what is mine and behind
 * rows that are passed over. None of mine meets the condition, not even the one that the cursor is of.
 */
export function measureDrive(kit: Kit, call: Call, theirs: Tenant, scope: unknown): readonly Attempt[] {
  const { text, number } = kit.columns;
  const asked = { conditions: [{ [text]: { eq: theirs.canary } } as never], measureBoth: true };
  const directions = [true, false].map((ascending): Args['orders'] => [order<never>(number as never, { ascending })]);
  const fromEnd = (orders: Args['orders'], forward: boolean): Attempt => {
    // The cursor is of a search without the condition.
    const args = { ...(orders === undefined ? {} : { orders }), bindConditions: false };
    const measure = async (): Promise<unknown> => {
      const every = batchQuerier<never>({ ...args, pagination: { first: 10 } });
      const { startCursor, endCursor } = (await call('search', [scope, every])) as Page<unknown>;
      const pagination = forward ? { first: 2, after: endCursor } : { last: 2, before: startCursor };
      return call('search', [scope, batchQuerier<never>({ ...args, ...asked, pagination })]);
    };
    return { args: [scope, args, `measured from my ${forward ? 'last' : 'first'}`], call: measure };
  };
  return [
    ...(number === null ? [undefined] : directions).flatMap((orders) =>
      [true, false].map((forward) => fromEnd(orders, forward)),
    ),
    attempt(scope, batchQuerier<never>({ ...asked, pagination: { limit: 1, offset: 1 } })),
  ];
}
