import { type ReadSpec, readSpec } from '@holdfast/base';
import type { ScalingGroupName } from '@holdfast/domain-types';
import { columnType, SqlWriter } from '@holdfast/querier';
import type { CalendarDay } from './calculator/calendar-day.js';
import { FairShareRow } from './fair-share-row.js';
import { UsageBucketRow } from './usage-bucket-row.js';

const text = columnType('text');
const date = columnType('date');

/** What was used of a resource group on some days, by all, of all levels as of one moment; in the order of who it is. */
export function groupUsage(
  name: ScalingGroupName,
  [start, end]: readonly [CalendarDay, CalendarDay],
): ReadSpec<readonly UsageBucketRow[]> {
  return readSpec('calculateFairShares', (catalog) => {
    const buckets = catalog.mappingOf(UsageBucketRow);
    const writer = new SqlWriter();
    const sql =
      `SELECT ${buckets.list} FROM ${buckets.table} WHERE resource_group_name = ${writer.element(text, name, '')} ` +
      `AND period_start BETWEEN ${writer.element(date, start, '')} AND ${writer.element(date, end, '')} ` +
      `ORDER BY domain_name, project_id NULLS FIRST, user_uuid NULLS FIRST`;
    return {
      statement: buckets.returningRows(sql),
      values: writer.values,
      finish: ({ rows }) => rows as readonly UsageBucketRow[],
    };
  });
}

/** All shares of a resource group, deleted ones too; in the order of whose they are. */
export function groupShares(name: ScalingGroupName): ReadSpec<readonly FairShareRow[]> {
  return readSpec('calculateFairShares', (catalog) => {
    const shares = catalog.mappingOf(FairShareRow);
    const writer = new SqlWriter();
    const sql =
      `SELECT ${shares.list} FROM ${shares.table} WHERE resource_group_name = ${writer.element(text, name, '')} ` +
      `ORDER BY domain_name, project_id NULLS FIRST, user_uuid NULLS FIRST`;
    return {
      statement: shares.returningRows(sql),
      values: writer.values,
      finish: ({ rows }) => rows as readonly FairShareRow[],
    };
  });
}
