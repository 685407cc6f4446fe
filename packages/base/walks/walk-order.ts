import type { Samples } from './samples.js';
import { Tally } from './tally.js';
import { type ReadPage, walk, type Way } from './walk.js';
import type { WalkedDatabase } from './walked-database.js';
import type { WalkedOrder } from './walked-order.js';

/** Makes the reader of pages of one size. */
export type Reader = (
  walked: WalkedDatabase,
  samples: Samples,
  tenant: string,
  order: WalkedOrder,
  size: number,
) => ReadPage;

/** Walks one order of one table in each way and page size, at once, and compares with one full sort. */
export async function walkOrder(
  walked: WalkedDatabase,
  samples: Samples,
  order: WalkedOrder,
  reader: Reader,
  ways: readonly Way[],
  sizes: readonly number[],
): Promise<Tally> {
  const tally = new Tally();
  const tenant = 'a';
  const sorted = await samples.sorted(walked, tenant, order);
  const walks = ways.flatMap((way) =>
    sizes.map((size) => walk(reader(walked, samples, tenant, order, size), way, size, sorted)),
  );
  for (const one of await Promise.all(walks)) tally.add(one);
  return tally.within(`${samples.table} by ${order.orderBy}`);
}
