import { churnedWalk } from './churned-walk.js';
import { pagesByPg } from './pages-by-pg.js';
import { ExtremeSampleRow, FilledSampleRow, NullableSampleRow, SampleParentRow } from './sample-row.js';
import { extremeSamples, filledSamples, nullableSamples, type Samples } from './samples.js';
import { Tally } from './tally.js';
import type { ReadPage, Way } from './walk.js';
import { type Reader, walkOrder } from './walk-order.js';
import type { WalkedDatabase } from './walked-database.js';
import type { WalkedOrder } from './walked-order.js';
import {
  filledOrdersByThree,
  filledOrdersByTwo,
  ordersByExpression,
  ordersByOneColumn,
  ordersByRelation,
  ordersByThree,
  ordersByTwo,
  ordersOfFewTies,
  plainOrders,
} from './walked-orders.js';

/** How much of everything there is to walk. */
export interface WalkPlan {
  readonly sizes: readonly number[];
  /** Of so many orders, one is walked. */
  readonly oneOf: number;
  readonly seeds: number;
}

export interface WalkGroup {
  readonly name: string;
  readonly run: (walked: WalkedDatabase, plan: WalkPlan) => Promise<Tally>;
}

const both: readonly Way[] = ['forward', 'backward'];

/** The entities of everything that is walked. */
export const walkedEntities = [NullableSampleRow, FilledSampleRow, ExtremeSampleRow, SampleParentRow];

/** Everything that is walked. */
export const walkGroups: readonly WalkGroup[] = [
  group('11 types', nullableSamples, ordersByOneColumn),
  group('11 types, NOT NULL', filledSamples, ordersByOneColumn),
  group('two keys', nullableSamples, ordersByTwo),
  group('two keys, NOT NULL', filledSamples, filledOrdersByTwo),
  group('three keys', nullableSamples, ordersByThree),
  group('three keys, NOT NULL', filledSamples, filledOrdersByThree),
  group('few ties', filledSamples, ordersOfFewTies),
  group('expressions', nullableSamples, ordersByExpression),
  group('to-one relations', nullableSamples, ordersByRelation),
  group('11 types by offset', nullableSamples, plainOrders, throughDatabase, ['by offset']),
  group('11 types by plain pg, settings changing', extremeSamples, ordersByOneColumn, pagesByPg),
  { name: 'while rows change', run: churned },
];

function throughDatabase(...[walked, samples, tenant, order, size]: Parameters<Reader>): ReadPage {
  return samples.pages(walked, tenant, order, size % 2 === 1);
}

function group(
  name: string,
  samples: Samples,
  orders: readonly WalkedOrder[],
  reader: Reader = throughDatabase,
  ways: readonly Way[] = both,
): WalkGroup {
  return {
    name,
    async run(walked, { sizes, oneOf }) {
      const tally = new Tally();
      for (const [i, order] of orders.entries()) {
        if (i % oneOf === 0) tally.add(await walkOrder(walked, samples, order, reader, ways, sizes));
      }
      return tally;
    },
  };
}

async function churned(walked: WalkedDatabase, { seeds }: WalkPlan): Promise<Tally> {
  const orders = [...ordersByOneColumn, ...ordersByTwo, ...ordersByThree, ...ordersByExpression, ...ordersByRelation];
  const tally = new Tally();
  for (let seed = 1; seed <= seeds; seed++) {
    // 37 and the number of orders have no common divisor.
    tally.add(await churnedWalk(walked, orders[(seed * 37) % orders.length]!, seed));
  }
  return tally;
}
