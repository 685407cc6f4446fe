import type pg from 'pg';
import type { Contender } from './contender.js';
import { type OperationName, OPERATIONS } from './operation-name.js';
import {
  DEEP_STATUS,
  DEEP_TENANT,
  DEPTH,
  type Listing,
  type NewSession,
  OLDEST,
  type SessionChange,
  SINCE,
  STATUSES,
  TENANTS,
} from './session-table.js';
import type { WrittenRows } from './written-rows.js';

/** What to read: ids with their tenants. */
export type Sample = readonly (readonly [id: string, tenant: string])[];

/** Ids to read, spread over the table, of rows that nobody writes. */
export async function sampleOf(client: pg.ClientBase): Promise<Sample> {
  const { rows } = await client.query<[string, string]>({
    text: `SELECT id::text, tenant FROM sessions WHERE tenant LIKE 'tenant-%' ORDER BY id LIMIT 50000`,
    rowMode: 'array',
  });
  return rows;
}

/** Rows that are changed again and again. */
const CHANGED_ROWS = 2_000;
/** Rows that one slice may remove, one by one. */
const REMOVED_ROWS = 2_500;
/** Rows of one call, but for `bulk-create-10000`. */
const MANY = 1_000;
/** Calls of one slice that remove many, at least; each caller has two. */
const REMOVALS = 8;
const deep: Listing = { tenant: DEEP_TENANT, status: DEEP_STATUS, since: OLDEST };

/** The work of one contender: the same operations in the same pseudo-random order for everybody. */
export class Workload {
  readonly #contender: Contender;
  readonly #sample: Sample;
  readonly #rows: WrittenRows;
  /** Rows that are there to be changed, or to be removed from the end on. */
  #ids: string[] = [];
  /** The same, where each caller has its own, or each call takes its own away. */
  #blocks: (readonly string[])[] = [];
  readonly #absent: readonly string[];
  #given: readonly NewSession[] = [];
  #cursor: unknown = null;
  #random = 12345;
  #serial = 0;

  constructor(contender: Contender, sample: Sample, rows: WrittenRows) {
    this.#contender = contender;
    this.#sample = sample;
    this.#rows = rows;
    this.#absent = Array.from({ length: MANY }, () => rows.newId());
  }

  /** Readies what an operation needs for the first time. */
  async prepare(operation: OperationName, callers: number): Promise<void> {
    this.#random = 12345;
    this.#serial = 0;
    this.#ids = [];
    this.#blocks = [];
    switch (operation) {
      case 'cursor-deep':
        this.#cursor ??= await this.#contender.cursorAt!(deep, DEPTH);
        return;
      case 'create':
        await this.#rows.fill(0);
        return;
      case 'update':
      case 'update-one-trip':
      case 'upsert':
      case 'unit-of-work':
        this.#ids = [...(await this.#rows.fill(CHANGED_ROWS))];
        return;
      case 'bulk-create-1000':
      case 'bulk-create-10000':
        await this.#rows.fill(0);
        this.#given = Array.from({ length: operation === 'bulk-create-1000' ? MANY : 10 * MANY }, (_, i) =>
          this.#newSession(i),
        );
        return;
      case 'batch-update-1000':
        this.#blocks = blocksOf(await this.#rows.fill(callers * MANY));
        return;
      default:
    }
  }

  /** Readies what a slice uses up. */
  async restock(operation: OperationName, callers: number): Promise<void> {
    switch (operation) {
      case 'delete':
      case 'delete-one-trip':
      case 'purge':
        this.#ids = [...(await this.#rows.fill(REMOVED_ROWS))];
        return;
      case 'batch-purge-1000':
        this.#blocks = blocksOf(await this.#rows.fill((Math.max(2 * callers, REMOVALS) + 1) * MANY));
        return;
      default:
    }
  }

  /** Removes what a slice has made, where that is many rows. */
  async clear(operation: OperationName): Promise<void> {
    if (OPERATIONS[operation] === 'bulkCreate') await this.#rows.fill(0);
  }

  /** Runs the next one for one of the callers, from 0 on; null if there is nothing left to do it with. */
  run(operation: OperationName, caller: number): Promise<unknown> | null {
    const contender = this.#contender;
    const { tenant } = this.#rows;
    switch (operation) {
      case 'get': {
        const [id, itsTenant] = this.#sample[this.#next() % this.#sample.length]!;
        return contender.get!(itsTenant, id);
      }
      case 'search':
        return contender.search!(this.#listing());
      case 'search-total':
        return contender.searchTotal!(this.#listing());
      case 'cursor-shallow':
        return contender.cursorPage!(deep, null);
      case 'cursor-deep':
        return contender.cursorPage!(deep, this.#cursor);
      case 'create':
        return contender.create!(this.#newSession(this.#serial++));
      case 'update':
        return contender.update!(tenant, this.#anyId(), this.#change());
      case 'update-one-trip':
        return contender.updateOneTrip === undefined
          ? contender.update!(tenant, this.#anyId(), this.#change())
          : contender.updateOneTrip(tenant, this.#anyId(), this.#change());
      case 'delete':
        return this.#withLastId((id) => contender.delete!(tenant, id));
      case 'delete-one-trip':
        return this.#withLastId((id) =>
          contender.deleteOneTrip === undefined ? contender.delete!(tenant, id) : contender.deleteOneTrip(tenant, id),
        );
      case 'purge':
        return this.#withLastId((id) => contender.purge!(tenant, id));
      case 'upsert': {
        // In turn a row that is there, and one that is not.
        const id = this.#serial % 2 === 0 ? this.#anyId() : this.#rows.newId();
        return contender.upsert!({ ...this.#newSession(this.#serial++), id });
      }
      case 'unit-of-work':
        return contender.unitOfWork!({ tenant, id: this.#anyId(), name: `unit-${this.#serial++}` });
      case 'bulk-create-1000':
      case 'bulk-create-10000':
        return contender.bulkCreate!(this.#given);
      case 'batch-update-1000':
        return contender.batchUpdate!(tenant, this.#blocks[caller]!, this.#change());
      case 'batch-purge-1000': {
        const ids = this.#blocks.pop();
        return ids === undefined ? null : contender.batchPurge!(tenant, ids);
      }
    }
  }

  /** Does the same as a batch by ids to no row at all; null for other operations. */
  rehearsal(operation: OperationName): Promise<unknown> | null {
    const contender = this.#contender;
    const { tenant } = this.#rows;
    if (operation === 'batch-update-1000') return contender.batchUpdate!(tenant, this.#absent, this.#change());
    return operation === 'batch-purge-1000' ? contender.batchPurge!(tenant, this.#absent) : null;
  }

  #withLastId(remove: (id: string) => Promise<unknown>): Promise<unknown> | null {
    const id = this.#ids.pop();
    return id === undefined ? null : remove(id);
  }

  #anyId(): string {
    return this.#ids[this.#next() % this.#ids.length]!;
  }

  #listing(): Listing {
    const random = this.#next();
    return { tenant: `tenant-${random % TENANTS}`, status: STATUSES[(random >>> 8) % STATUSES.length]!, since: SINCE };
  }

  #change(): SessionChange {
    return {
      name: `changed-${this.#serial++}`,
      requested_slots: { cpu: '8', mem: '17179869184', 'cuda.shares': '2.5' },
    };
  }

  #newSession(serial: number): NewSession {
    return {
      tenant: this.#rows.tenant,
      name: `new-${serial}`,
      status: 'PENDING',
      access_key: `AKIAW${serial}`,
      requested_slots: { cpu: '4', mem: '8589934592', 'cuda.shares': '1.5' },
    };
  }

  /** Xorshift (Marsaglia 2003): cheap, and the same for everybody. */
  #next(): number {
    let x = this.#random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#random = x;
    return x >>> 0;
  }
}

function blocksOf(ids: readonly string[]): (readonly string[])[] {
  return Array.from({ length: ids.length / MANY }, (_, i) => ids.slice(i * MANY, (i + 1) * MANY));
}
