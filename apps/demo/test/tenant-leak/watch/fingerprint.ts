import type { OwnedTable, Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';

/** A hash of each table's rows of a tenant: all columns as text. */
export async function fingerprint({ test, tables }: Subject, tenant: Tenant): Promise<string> {
  const hashes = tables.map(({ name, ownedBy }: OwnedTable) => {
    const rows = `SELECT t::text AS row FROM ${name} t WHERE ${ownedBy(tenant)}`;
    return `'${name} ' || (SELECT count(*) || ' ' || coalesce(md5(string_agg(row, '|' ORDER BY row)), '') FROM (${rows}) r)`;
  });
  const [row] = await test.dataSource.query<{ hash: string }[]>(`SELECT ${hashes.join(` || ', ' || `)} AS hash`);
  return row!.hash;
}
