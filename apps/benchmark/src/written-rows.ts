import type pg from 'pg';
import { COLUMNS, type SessionRow, STATUSES, valuesOf } from './session-table.js';

/** The rows that one contender may write: those of a tenant of its own, so that nobody waits for another's. */
export class WrittenRows {
  readonly tenant: string;
  readonly #client: pg.ClientBase;
  readonly #prefix: string;
  #next = 0;

  /** `place` is the contender's among all, of which its ids are made. */
  constructor(client: pg.ClientBase, contender: string, place: number) {
    this.#client = client;
    this.tenant = `written-${contender}`;
    this.#prefix = `00000000-0000-4000-8${String(place).padStart(3, '0')}`;
  }

  /** An id that no row has yet. */
  newId(): string {
    return `${this.#prefix}-${(this.#next++).toString(16).padStart(12, '0')}`;
  }

  /** Whether an id was made here. */
  isOwn(id: string): boolean {
    return id.startsWith(this.#prefix);
  }

  /** Removes what there is, and makes so many rows. Returns their ids, in the order of their creation times. */
  async fill(count: number): Promise<readonly string[]> {
    await this.#client.query('DELETE FROM sessions WHERE tenant = $1', [this.tenant]);
    const ids = Array.from({ length: count }, () => this.newId());
    const statuses = `('{${STATUSES.join()}}'::text[])[1 + g % ${STATUSES.length}]`;
    await this.#client.query(
      `INSERT INTO sessions SELECT id, ${valuesOf('$2', statuses)}
       FROM unnest($1::uuid[]) WITH ORDINALITY r (id, g)`,
      [`{${ids.join()}}`, this.tenant],
    );
    return ids;
  }

  async stored(): Promise<readonly SessionRow[]> {
    const { rows } = await this.#client.query<SessionRow>(
      `SELECT ${COLUMNS} FROM sessions WHERE tenant = $1 ORDER BY name, created_at, access_key`,
      [this.tenant],
    );
    return rows;
  }
}
