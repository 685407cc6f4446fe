import type { Page } from '@holdfast/querier';
import { Churner } from './churner.js';
import { nullableSamples } from './samples.js';
import { Tally } from './tally.js';
import type { WalkedDatabase } from './walked-database.js';
import type { WalkedOrder } from './walked-order.js';

const MOST_PAGES = 500;

/**
 * Walks one way through rows that change meanwhile. Those that were there all the time, at the same place, must be seen
 * exactly once and in their order. Even seeds change between two pages, odd ones while pages are read.
 */
export async function churnedWalk(walked: WalkedDatabase, order: WalkedOrder, seed: number): Promise<Tally> {
  const backward = seed % 4 > 1;
  const size = 1 + (seed % 7);
  const churner = new Churner(walked.client, seed);
  await churner.begin();
  const before = await nullableSamples.sorted(walked, churner.tenant, order);
  const read = nullableSamples.pages(walked, churner.tenant, order);
  const tally = new Tally();
  tally.walks = 1;
  const seen: string[] = [];
  let edge: Page<string>['endCursor'] = null;
  for (;;) {
    const page: Page<string> = await read(backward ? { last: size, before: edge } : { first: size, after: edge });
    tally.pages += 1;
    tally.rows += page.items.length;
    if (backward) seen.unshift(...page.items);
    else seen.push(...page.items);
    if (!(backward ? page.hasPreviousPage : page.hasNextPage) || tally.pages === MOST_PAGES) break;
    edge = backward ? page.startCursor : page.endCursor;
    churner.change(backward ? page.items[0]! : page.items.at(-1)!);
    if (seed % 2 === 0) await churner.done();
  }
  await churner.done();
  await churner.end();
  const expected = before.filter((id) => !churner.touched.has(id));
  const stable = new Set(expected);
  const found = seen.filter((id) => stable.has(id));
  if (tally.pages === MOST_PAGES) tally.faults = ['it does not end'];
  else if (found.join() !== expected.join()) {
    tally.faults = [`rows ${found.join(' ')} instead of ${expected.join(' ')}`];
  }
  return tally.within(`seed ${seed}, by ${order.orderBy}, ${backward ? 'backward' : 'forward'}, ${size} at a time`);
}
