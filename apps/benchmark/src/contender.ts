import type { KeyedSession, Listing, NewSession, SessionChange, SessionRow, Unit } from './session-table.js';

/**
 * One way to do the same work on the table `sessions` (session-table.ts). All return plain objects with the keys of
 * SessionRow, Dates for times; what is deleted (`deleted_at`) is not seen by reads, updates and deletions. Results, and
 * what is stored afterwards, are compared before anything is timed.
 *
 * An operation that a contender cannot do is left out, and it takes no part there. All statements are ready to be called
 * by `connections` callers at once; `tenant` is a condition of every statement.
 */
export interface Contender extends Partial<Operations> {
  /** Ends all connections. */
  close(): Promise<void>;
}

export interface Operations {
  /** The row of a tenant by its id, which is there. */
  get(tenant: string, id: string): Promise<SessionRow>;
  /** The first 20 of a listing, in its order. */
  search(listing: Listing): Promise<readonly SessionRow[]>;
  /** The same, and how many the whole listing has, exactly. In one statement or two, as the library does it best. */
  searchTotal(listing: Listing): Promise<{ readonly rows: readonly SessionRow[]; readonly total: number }>;
  /**
   * Where a page begins that comes after the first `position` rows of a listing (position 100000: the 100,000th row is
   * the last one before the page). Called once and not timed; it may read the row at that offset. What it returns is
   * the contender's own, and goes into `cursorPage`.
   */
  cursorAt(listing: Listing, position: number): Promise<unknown>;
  /** 20 rows of a listing after a cursor, or the first 20 where it is null; by keyset, never by offset. */
  cursorPage(listing: Listing, cursor: unknown): Promise<readonly SessionRow[]>;
  /** A new row, whose uuid is made by the contender and whose times are made by the database; returns it as stored. */
  create(session: NewSession): Promise<SessionRow>;
  /** Changes a row that is there, and sets its `updated_at` to now; returns it as stored. */
  update(tenant: string, id: string, change: SessionChange): Promise<SessionRow>;
  /** Only where a contender has another `update` that promises less: with COMMIT in the same trip. */
  updateOneTrip(tenant: string, id: string, change: SessionChange): Promise<SessionRow>;
  /** Soft: sets `deleted_at` and `updated_at` of a row that is there to now; returns it as stored. */
  delete(tenant: string, id: string): Promise<SessionRow>;
  /** Only where a contender has another `delete` that promises less: with COMMIT in the same trip. */
  deleteOneTrip(tenant: string, id: string): Promise<SessionRow>;
  /** Removes a row for good, deleted before or not; returns its last data. */
  purge(tenant: string, id: string): Promise<SessionRow>;
  /**
   * 1,000 or 10,000 at once, all of the same tenant, all or nothing, as `create` makes one; returns them as stored, in the
   * order given.
   */
  bulkCreate(sessions: readonly NewSession[]): Promise<readonly SessionRow[]>;
  /** Changes 1,000 rows in the same way, all or nothing, and sets their `updated_at`; returns how many there were. */
  batchUpdate(tenant: string, ids: readonly string[], change: SessionChange): Promise<number>;
  /** Removes 1,000 rows for good, all or nothing; returns how many there were. */
  batchPurge(tenant: string, ids: readonly string[]): Promise<number>;
  /**
   * Creates the row with this id, or gives the one that is there the same values and sets its `updated_at` (its
   * `created_at` stays); returns it as stored. One that is there is the same tenant's and not deleted. Safe against
   * another caller who does the same: ON CONFLICT (id), not a read before.
   */
  upsert(session: KeyedSession): Promise<SessionRow>;
  /**
   * One transaction (read committed) of four statements, each made of what the one before returned:
   * 1. `first`: the row of `unit.tenant` with `unit.id`;
   * 2. the first 5 of the listing `{ tenant, status: first.status, since: first.created_at }`; it is never empty;
   * 3. `other`: the row of the tenant with the id of the last of those;
   * 4. `first` changed to `{ name: unit.name, requested_slots: other.requested_slots }`, as `update` does.
   * Returns `first` as stored, when it is committed.
   */
  unitOfWork(unit: Unit): Promise<SessionRow>;
}

/** Opens a contender on a database, with at most `connections` connections, none of which is closed when idle. */
export type OpenContender = (url: string, connections: number) => Promise<Contender>;
