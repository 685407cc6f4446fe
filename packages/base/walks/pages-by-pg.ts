import { assemblePage, batchQuerier, compileSearch } from '@holdfast/querier';
import type { Samples } from './samples.js';
import { tenantScope } from './tenant-scope.js';
import type { ReadPage } from './walk.js';
import type { WalkedDatabase } from './walked-database.js';
import type { WalkedOrder } from './walked-order.js';

/** Reads pages as a plain client of pg can: compiled SQL, texts, and the keys of the order as the server renders them. */
export function pagesByPg(
  walked: WalkedDatabase,
  { entity }: Samples,
  tenant: string,
  { orders }: WalkedOrder,
): ReadPage {
  const { strangers, catalog } = walked;
  const shape = catalog.mappingOf(entity);
  const idAt = [...shape.columns.keys()].indexOf('id');
  let pages = 0;
  return async (pagination) => {
    const context = { restriction: null, cursors: catalog.cursors, rendersKeys: true };
    const page = compileSearch(shape, tenantScope(tenant), batchQuerier({ orders, pagination }), context);
    // Each page by another than the one that its cursor comes from.
    const { rows } = await strangers[pages++ % strangers.length]!.query<(string | null)[]>({
      text: page.sql,
      values: [...page.values],
      rowMode: 'array',
      types: { getTypeParser: () => (text: string) => text },
    });
    return assemblePage(page, {
      items: rows.map((row) => row[idAt]!),
      positions: rows.map((row) => page.keys.map((at) => row[at] ?? null)),
      leads: [],
    });
  };
}
