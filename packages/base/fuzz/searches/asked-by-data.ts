import type { OracleOrder } from '../../../querier/test/oracle/sorted-rows.js';
import type { Asked } from './asked.js';
import { askedPage } from './asked-page.js';

type Plain = Readonly<Record<string, unknown>>;

/** What a BatchQuerier of plain data asks for. */
export function askedByData(args: unknown): Asked {
  const { conditions = [], orders = [], pagination, total = 'none', measureBoth = false } = args as Plain;
  return {
    condition: { and: conditions },
    orders: orders as readonly OracleOrder[],
    page: 'noPagination' in (pagination as Plain) ? {} : askedPage(pagination as Plain),
    total: total === 'none' || total === 'exact' ? total : (total as { atMost: number }).atMost,
    measureBoth: measureBoth === true,
  };
}
