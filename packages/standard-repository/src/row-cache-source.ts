import type { BatchTarget, LockOptions, ReadOptions } from '@holdfast/base';
import { type Cache, type EntityCacheSource, invalidating, invalidatingAll, readThrough } from '@holdfast/cache';
import { checkCallOptions } from '@holdfast/operation';
import type { Scope } from '@holdfast/querier';
import type { CachedRows } from './cached-rows.js';
import { cachedRowsDefinition } from './cached-rows-definition.js';
import { withOwnDates } from './with-own-dates.js';
import { plainlySees } from './plainly-sees.js';

/** What a write changes: rows of these ids, or what a batch says, or any. */
export type ChangedRows<Row, Id> = BatchTarget<Row, Id> | 'any';

/**
 * Copies of rows by their ids, in front of a db source, which it does not know. A row has one entry, whoever reads it, so
 * that a write by its id finds it in whatever scope that is. So an entry is given only to scopes that plainly see what is in
 * it; to all others the database answers, which is asked in the caller's own scope, always.
 *
 * What a scope does not find is not stored: another one may find it.
 */
export class RowCacheSource<Row extends object, Data, Id> {
  readonly #held: Held<Data> | null;
  readonly #dbSession: object | null;

  private constructor(held: Held<Data> | null, dbSession: object | null = null) {
    this.#held = held;
    this.#dbSession = dbSession;
  }

  /** Without a cache there are no copies: whoever reads or writes does so, and that is all. */
  static of<Row extends object, Data, Id>(
    rows: CachedRows<Data>,
    cache: Cache | undefined,
  ): RowCacheSource<Row, Data, Id> {
    if (cache === undefined) return RowCacheSource.none();
    return new RowCacheSource<Row, Data, Id>({ rows, entries: cache.source(cachedRowsDefinition<Data>(rows)) });
  }

  static none<Row extends object, Data, Id>(): RowCacheSource<Row, Data, Id> {
    return new RowCacheSource<Row, Data, Id>(null);
  }

  /** The same within a running unit of work: reads are the database's, and writes are over when that is. */
  within(dbSession: object): RowCacheSource<Row, Data, Id> {
    return this.#held === null ? this : new RowCacheSource<Row, Data, Id>(this.#held, dbSession);
  }

  /**
   * The copy of a row that the scope sees, or else what `load` reads, once for all who ask at the same time, and to be
   * stored. It is the database's within a dbSession, where deleted rows are asked for, and where the row is locked.
   * What comes of `load` in one scope, a refusal for one, is no answer to others who wait for it: they ask in their own.
   */
  async read<Found extends Data | null>(
    scope: Scope<Row>,
    id: Id,
    options: (ReadOptions & Partial<LockOptions>) | undefined,
    load: (options: ReadOptions | undefined) => Promise<Found>,
  ): Promise<Found> {
    const held = this.#held;
    const key = held === null ? null : keyOf(held.rows, id);
    const isOther = options !== undefined && (options.includeDeleted === true || options.lock !== undefined);
    if (held === null || key === null || isOther || this.#dbSession !== null) return load(options);
    // A call that ends by itself takes nobody with it.
    const alone = options?.signal !== undefined || options?.deadlineMs !== undefined;
    if (alone) checkCallOptions(options);
    options?.signal?.throwIfAborted();

    let own: Outcome<Found> | null = null;
    const loaded = async (): Promise<Data | null> => {
      own = await outcomeOf(load(options));
      // A copy: what it was read for is the caller's own, dates included.
      return own.isFound && mayStore(own.found, held.rows) ? withOwnDates(own.found) : null;
    };
    const copy = await readThrough(held.entries, key, loaded, { stale: 'never', alone });
    const outcome = own as Outcome<Found> | null;
    if (outcome !== null) return settled(outcome);
    if (copy !== null && plainlySees(scope, copy as object)) return withOwnDates(copy) as Found;
    return load(options);
  }

  /** A write, after which nobody who asks then is given what was there before it: within a dbSession, after its commit. */
  async invalidating<Result>(changed: ChangedRows<Row, Id>, write: () => Promise<Result>): Promise<Result> {
    const held = this.#held;
    if (held === null) return write();
    const keys = Array.isArray(changed) ? (changed as readonly Id[]).map((id) => keyOf(held.rows, id)) : [null];
    const dbSession = this.#dbSession ?? undefined;
    // A condition does not say whose rows it meets, and of an id that is none nobody knows what a database makes of it.
    if (keys.includes(null)) return invalidatingAll(held.entries, null, write, dbSession);
    return invalidating(held.entries, keys as readonly string[], write, dbSession);
  }

  /** The same for what creates rows, or changes those that are there. */
  upserting<Result>(specs: readonly unknown[], write: () => Promise<Result>): Promise<Result> {
    const property = this.#held?.rows.upsertsBy;
    if (property === undefined || !Array.isArray(specs)) return this.invalidating('any', write);
    const ids = Array.from(specs, (spec) => (spec as Readonly<Record<string, Id>> | null | undefined)?.[property]);
    return this.invalidating(ids as readonly Id[], write);
  }
}

interface Held<Data> {
  readonly rows: CachedRows<Data>;
  readonly entries: EntityCacheSource<string, Data>;
}

/** The id as the database has it, which takes UUIDs in upper case, too. Null for what is none. */
function keyOf({ idType }: Pick<CachedRows, 'idType'>, id: unknown): string | null {
  if (typeof id !== 'string' || id === '') return null;
  return idType === 'uuid' ? id.toLowerCase() : id;
}

function mayStore<Data>(found: Data | null, { mayStore: may }: CachedRows<Data>): boolean {
  return found === null || may === undefined || may(found);
}

type Outcome<Found> =
  { readonly isFound: true; readonly found: Found } | { readonly isFound: false; readonly error: unknown };

async function outcomeOf<Found>(loading: Promise<Found>): Promise<Outcome<Found>> {
  try {
    return { isFound: true, found: await loading };
  } catch (error) {
    return { isFound: false, error };
  }
}

function settled<Found>(outcome: Outcome<Found>): Found {
  if (!outcome.isFound) throw outcome.error;
  return outcome.found;
}
