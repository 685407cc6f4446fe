import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import type { ResourceSlot } from '@holdfast/domain-types';
import { columnType, compileScope, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import type { CalendarDay } from './calculator/calendar-day.js';
import type { FairShareId } from './fair-share-id.js';
import { UsageBucketRow } from './usage-bucket-row.js';

const uuid = columnType('uuid');
const date = columnType('date');
const columns = [
  { property: 'slotName', sql: 'slot_name', type: columnType('text'), nullable: false },
  { property: 'resourceUsage', sql: 'resource_usage', type: columnType('numeric'), nullable: false },
];

/** What a domain, a project or a user used from one day to another, both counted; no slots where that was nothing. */
export function aggregatedUsage(
  scope: Scope<UsageBucketRow>,
  id: FairShareId,
  from: CalendarDay,
  to: CalendarDay,
): ReadSpec<ResourceSlot> {
  const spec = readSpec('getAggregatedUsage', (catalog) => {
    const buckets = catalog.mappingOf(UsageBucketRow);
    const writer = new SqlWriter();
    const sql =
      `SELECT b.slot_name, trim_scale(sum(b.resource_usage)) FROM ${buckets.table} b ` +
      `WHERE b.fair_share_id = ${writer.element(uuid, id, '')} ` +
      `AND b.period_start BETWEEN ${writer.element(date, from, '/from')} AND ${writer.element(date, to, '/to')} ` +
      `AND ${compileScope(ownRows(buckets, 'b'), scope, writer)} GROUP BY b.slot_name ORDER BY b.slot_name`;
    return {
      statement: buckets.returning(sql, { columns, extra: [], keys: [], leads: 0 }),
      values: writer.values,
      finish: ({ rows }) =>
        Object.freeze(
          Object.fromEntries((rows as readonly UsageBucketRow[]).map((row) => [row.slotName, row.resourceUsage])),
        ) as unknown as ResourceSlot,
    };
  });
  return withinScope({}, scope, spec, { relations: false });
}
