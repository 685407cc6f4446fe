import type { ClientBase } from 'pg';
import { randomBelow } from './random.js';
import { sampleColumnNames } from './sample-columns.js';

const ROWS = 60;
const MOST_INSERTS = 60;
const keys = ['rank', 'word', 'parent_id', ...sampleColumnNames].map((name) => `"${name}"`).join(', ');

const copies = (id: string): string => `
  INSERT INTO nullable_samples (id, tenant, ${keys})
  SELECT ${id}, $1, ${keys}
  FROM (SELECT * FROM nullable_samples WHERE tenant = 'a' ORDER BY id OFFSET $2 LIMIT $3) s
  ON CONFLICT DO NOTHING`;

/** Somebody who changes the rows of a tenant while they are walked through, as the seed decides. */
export class Churner {
  readonly tenant: string;
  /** The rows that were deleted, or moved to another place. */
  readonly touched = new Set<string>();
  readonly #client: ClientBase;
  readonly #firstId: number;
  readonly #below: (n: number) => number;
  #inserts = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: ClientBase, seed: number) {
    this.#client = client;
    this.#below = randomBelow(seed);
    this.#firstId = seed * 1_000;
    this.tenant = `tenant ${seed}`;
  }

  /** Makes the tenant's rows. */
  async begin(): Promise<void> {
    const id = '$4::bigint + 10 * row_number() OVER (ORDER BY id)';
    await this.#client.query(copies(id), [this.tenant, this.#below(ROWS), ROWS, this.#firstId]);
  }

  /** Deletes one row or two, may be the one that a cursor stands for; moves two, changes others in place, and adds one. */
  change(edge: string): void {
    const deleted = this.#below(2) === 0 ? [this.#any()] : [this.#any(), edge];
    const moved = [this.#any(), this.#any()];
    for (const id of [...deleted, ...moved]) this.touched.add(id);
    this.#then('DELETE FROM nullable_samples WHERE id = ANY($1)', [deleted]);
    this.#then(
      `UPDATE nullable_samples SET (${keys}) =
         (SELECT ${keys} FROM nullable_samples WHERE tenant = 'a' ORDER BY id OFFSET $2 LIMIT 1)
       WHERE id = ANY($1)`,
      [moved, this.#below(2 * ROWS)],
    );
    this.#then(`UPDATE nullable_samples SET note = 'changed' WHERE tenant = $1 AND id / 10 % 3 = $2`, [
      this.tenant,
      this.#below(3),
    ]);
    if (this.#inserts++ >= MOST_INSERTS) return;
    const id = Number(this.#any()) + 1 + this.#below(9);
    this.#then(copies('$4::bigint'), [this.tenant, this.#below(2 * ROWS), 1, id]);
  }

  /** Removes what is left. */
  async end(): Promise<void> {
    await this.#client.query('DELETE FROM nullable_samples WHERE tenant = $1', [this.tenant]);
  }

  /** Resolves when everything has been changed. */
  async done(): Promise<void> {
    await this.#last;
  }

  #any(): string {
    return String(this.#firstId + 10 * (1 + this.#below(ROWS)));
  }

  #then(sql: string, values: readonly unknown[]): void {
    this.#last = this.#last.then(() => this.#client.query(sql, [...values]));
  }
}
