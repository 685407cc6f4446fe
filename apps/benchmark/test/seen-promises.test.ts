import { describe, expect, it } from '@jest/globals';
import type { CacheWay } from '../src/cache/cache-way.js';
import type { CachePromises } from '../src/cache/cache-question.js';
import { seenPromises } from '../src/cache/seen-promises.js';
import type { SessionRow } from '../src/session-table.js';

interface Kind {
  readonly keep: (row: SessionRow) => unknown;
  readonly give: (kept: unknown) => SessionRow;
  readonly dropsOldReads: boolean;
  readonly shares: boolean;
}

const ordinary: Kind = { keep: (row) => row, give: (row) => row as SessionRow, dropsOldReads: false, shares: false };

/** What is seen of a cache for one row that is built as it is told. */
async function seen({ keep, give, dropsOldReads, shares }: Kind): Promise<CachePromises & { readonly name: string }> {
  let database = { name: 'first', status: 'RUNNING' } as SessionRow;
  let loads = 0;
  let hold: ((release: () => void) => void) | null = null;
  const load = async (): Promise<SessionRow> => {
    loads += 1;
    const row = { ...database };
    const holding = hold;
    hold = null;
    if (holding !== null) await new Promise<void>(holding);
    return row;
  };
  let kept: unknown = null;
  let writes = 0;
  let running: Promise<void> | null = null;
  const fill = async (): Promise<void> => {
    const before = writes;
    const row = keep(await load());
    if (!dropsOldReads || before === writes) kept = row;
  };
  const way: CacheWay = {
    async get() {
      if (kept === null && shares) await (running ??= fill().finally(() => (running = null)));
      else if (kept === null) await fill();
      return kept === null ? load() : give(kept);
    },
    async write(_tenant, _id, write) {
      await write();
      writes += 1;
      kept = null;
    },
    close: async () => {},
  };
  const promises = await seenPromises({
    ...{ way, tenant: 't', id: 'i', loads: () => loads },
    holdLoad: () => new Promise((isHeld) => (hold = isHeld)),
    rename: async (name) => void (database = { ...database, name }),
  });
  return { ...promises, name: database.name };
}

describe('what is seen of a cache', () => {
  it('is that its values are shared, copies or frozen', async () => {
    const copying = {
      keep: (row: SessionRow) => JSON.stringify(row),
      give: (text: unknown) => JSON.parse(String(text)),
    };

    expect((await seen(ordinary)).values).toBe('shared');
    expect((await seen({ ...ordinary, ...copying })).values).toBe('copies');
    expect((await seen({ ...ordinary, keep: (row) => Object.freeze(row) })).values).toBe('frozen');
  });

  it('is whether it keeps what was read before a write', async () => {
    expect((await seen(ordinary)).keepsStale).toBe(true);
    expect((await seen({ ...ordinary, dropsOldReads: true })).keepsStale).toBe(false);
  });

  it('is how many reads of the database 16 callers make', async () => {
    expect((await seen(ordinary)).readsOf16).toBe(16);
    expect((await seen({ ...ordinary, shares: true })).readsOf16).toBe(1);
  });

  it('leaves the row as it was', async () => {
    expect((await seen(ordinary)).name).toBe('first');
  });
});
