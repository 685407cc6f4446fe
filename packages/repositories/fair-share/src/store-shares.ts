import { type StatementWrite, writeSpec } from '@holdfast/base';
import { columnType } from '@holdfast/querier';
import type { CalculatedShare } from './calculated-share.js';
import type { CalendarDay } from './calculator/calendar-day.js';
import { FairShareRow } from './fair-share-row.js';
import { ParameterLists } from './parameter-lists.js';

const [uuid, text, numeric, jsonb, integer, date, time] = [
  'uuid',
  'text',
  'numeric',
  'jsonb',
  'integer',
  'date',
  'timestamptz',
].map((name) => columnType(name));

/** Stores what was calculated: weights stay, and so does what was calculated later. */
export function storeShares(
  shares: readonly CalculatedShare[],
  [start, end]: readonly [CalendarDay, CalendarDay],
  calculatedAt: Date,
): StatementWrite<void> {
  return writeSpec('calculateFairShares', (catalog) => {
    const rows = catalog.mappingOf(FairShareRow);
    const lists = new ParameterLists(shares);
    const given = [
      lists.of(uuid!, (share) => share.id),
      lists.of(text!, (share) => share.level),
      lists.of(text!, (share) => share.resourceGroupName),
      lists.of(text!, (share) => share.domainName),
      lists.of(uuid!, (share) => share.projectId),
      lists.of(uuid!, (share) => share.userUuid),
      lists.of(numeric!, (share) => share.fairShareFactor),
      lists.of(numeric!, (share) => share.normalizedUsage),
      lists.of(jsonb!, (share) => share.totalDecayedUsage),
      lists.of(integer!, (share) => share.schedulingRank),
    ];
    const same = [
      lists.writer.element(date!, start, ''),
      lists.writer.element(date!, end, ''),
      lists.writer.element(time!, calculatedAt, ''),
    ];
    const calculated = [
      'fair_share_factor',
      'normalized_usage',
      'total_decayed_usage',
      'scheduling_rank',
      'lookback_start',
      'lookback_end',
      'last_calculated_at',
    ];
    const sql =
      `INSERT INTO ${rows.table} AS f (id, level, resource_group_name, domain_name, project_id, user_uuid, ` +
      `${calculated.join(', ')}) SELECT g.*, ${same.join(', ')} FROM unnest(${given.join(', ')}) g ` +
      `ON CONFLICT (id) DO UPDATE SET ${calculated.map((name) => `${name} = excluded.${name}`).join(', ')}, ` +
      `modified_at = now() ` +
      `WHERE f.last_calculated_at IS NULL OR f.last_calculated_at <= excluded.last_calculated_at`;
    return { statement: rows.returningNothing(sql), values: lists.writer.values, finish: () => undefined };
  });
}
