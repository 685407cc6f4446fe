import type pg from 'pg';
import type { Contender, OperationName } from './contender.js';
import { type NewSession, type SessionChange, STATUSES, TENANTS, WRITTEN_TENANT } from './session-table.js';

/** What to read: ids with their tenants. */
export type Sample = readonly (readonly [id: string, tenant: string])[];

/** Ids to read, spread over the table. */
export async function sampleOf(client: pg.ClientBase): Promise<Sample> {
  const { rows } = await client.query<[string, string]>({
    text: 'SELECT id::text, tenant FROM sessions ORDER BY id LIMIT 50000',
    rowMode: 'array',
  });
  return rows;
}

/** The work of every contender: the same operations in the same pseudo-random order. */
export class Workload {
  readonly #sample: Sample;
  #state = 12345;
  #created = 0;
  #changed = 0;

  constructor(sample: Sample) {
    this.#sample = sample;
  }

  /** Runs the next one, of an operation that the contender takes part in. */
  run(contender: Contender, operation: OperationName): Promise<unknown> {
    if (operation === 'create') return contender.create!(this.#newSession());
    const random = this.#next();
    if (operation === 'search') {
      return contender.search!(`tenant-${random % TENANTS}`, STATUSES[(random >>> 8) % STATUSES.length]!);
    }
    const [id, tenant] = this.#sample[random % this.#sample.length]!;
    return operation === 'get' ? contender.get!(tenant, id) : contender.update!(tenant, id, this.#change());
  }

  #change(): SessionChange {
    return {
      name: `changed-${this.#changed++}`,
      requested_slots: { cpu: '8', mem: '17179869184', 'cuda.shares': '2.5' },
    };
  }

  #newSession(): NewSession {
    return {
      tenant: WRITTEN_TENANT,
      name: `new-${this.#created++}`,
      status: 'PENDING',
      access_key: `AKIAW${this.#created}`,
      requested_slots: { cpu: '4', mem: '8589934592', 'cuda.shares': '1.5' },
    };
  }

  /** Xorshift (Marsaglia 2003): cheap, and the same for everybody. */
  #next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return x >>> 0;
  }
}
