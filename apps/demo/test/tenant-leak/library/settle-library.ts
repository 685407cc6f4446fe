import type { DataSource } from 'typeorm';
import type { Tenant } from '../tenant.js';

/** The highest number of a tenant, of its deleted row: where the next one is found tells whose rows were looked at. */
const highest = { mine: 300, theirs: 900 } as const;

/**
 * Two books, two shelves and two authors of a tenant, and one deleted of each of the first. The first book stands on the
 * other tenant's shelf, continues its first book, and shares authors with it.
 */
export async function settleLibrary(
  dataSource: DataSource,
  name: string,
  tenant: Tenant,
  other: Tenant,
): Promise<void> {
  const { canary } = tenant;
  const facts = JSON.stringify({ [canary]: canary });
  for (const n of [1, 2, 3]) {
    const code = n === 2 ? `known-${tenant.name}` : `${tenant.name}-${n}`;
    const number = n === 3 ? highest[tenant.name] : n * 100;
    const deletedAt = n === 3 ? new Date(0) : null;
    await dataSource.query(
      `INSERT INTO shelves (id, tenant, name, code, note, width, deleted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [tenant.uuid(10 + n), name, canary, code, n === 1 ? canary : null, number / 100, deletedAt],
    );
    await dataSource.query('INSERT INTO authors (id, tenant, name) VALUES ($1, $2, $3)', [
      tenant.uuid(20 + n),
      name,
      canary,
    ]);
    const isAbroad = n !== 2;
    await dataSource.query(
      `INSERT INTO books (id, tenant, title, code, blurb, pages, tags, facts, shelf_id, home_id, sequel_of_id,
                          deleted_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`,
      [
        tenant.uuid(n),
        name,
        canary,
        code,
        n === 1 ? canary : null,
        number,
        [canary],
        facts,
        (isAbroad ? other : tenant).uuid(11),
        tenant.uuid(10 + n),
        (isAbroad ? other : tenant).uuid(1),
        deletedAt,
      ],
    );
    for (const author of [tenant.uuid(21), ...(isAbroad ? [other.uuid(21)] : [])]) {
      await dataSource.query('INSERT INTO book_authors (book_id, author_id) VALUES ($1, $2)', [tenant.uuid(n), author]);
    }
  }
}
