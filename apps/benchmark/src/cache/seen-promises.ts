import type { SessionRow } from '../session-table.js';
import type { CachePromises } from './cache-question.js';
import type { CacheWay } from './cache-way.js';

/** What a way to read a row is tried with. */
export interface Trial {
  readonly way: CacheWay;
  readonly tenant: string;
  readonly id: string;
  /** Reads of the database so far. */
  readonly loads: () => number;
  /** Holds the next read of the database after it has read; resolves when it has, to what lets it go on. */
  readonly holdLoad: () => Promise<() => void>;
  /** Gives the row another name in the database. */
  readonly rename: (name: string) => Promise<void>;
}

/** Tries what a caller may rely on. The row is afterwards as it was. */
export async function seenPromises(trial: Trial): Promise<CachePromises> {
  const { way, tenant, id, rename } = trial;
  const { name } = await way.get(tenant, id);
  const values = await seenValues(trial);
  const forget = (): Promise<void> => way.write(tenant, id, async () => {});
  await forget();
  const before = trial.loads();
  await Promise.all(Array.from({ length: 16 }, () => way.get(tenant, id)));
  const readsOf16 = trial.loads() - before;
  await forget();
  const held = trial.holdLoad();
  const reading = way.get(tenant, id);
  const release = await held;
  await way.write(tenant, id, () => rename('changed'));
  release();
  await reading;
  const keepsStale = (await way.get(tenant, id)).name !== 'changed';
  await way.write(tenant, id, () => rename(name));
  return { values, readsOf16, keepsStale };
}

async function seenValues({ way, tenant, id }: Trial): Promise<CachePromises['values']> {
  const mine = (await way.get(tenant, id)) as { -readonly [Key in keyof SessionRow]: SessionRow[Key] };
  if (!Reflect.set(mine, 'status', 'mine')) return 'frozen';
  return (await way.get(tenant, id)).status === 'mine' ? 'shared' : 'copies';
}
