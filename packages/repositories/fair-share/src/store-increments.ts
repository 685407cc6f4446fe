import { type StatementWrite, writeSpec } from '@holdfast/base';
import { columnType } from '@holdfast/querier';
import { ParameterLists } from './parameter-lists.js';
import { UsageBucketRow } from './usage-bucket-row.js';

const [uuid, text, date, numeric] = ['uuid', 'text', 'date', 'numeric'].map((name) => columnType(name));

/** Adds to days what was used, each day and slot once; makes those that are not there yet. */
export function storeIncrements(rows: readonly UsageBucketRow[]): StatementWrite<void> {
  return writeSpec('recordObservation', (catalog) => {
    const buckets = catalog.mappingOf(UsageBucketRow);
    const lists = new ParameterLists(rows);
    const given = [
      lists.of(uuid!, (row) => row.fairShareId),
      lists.of(date!, (row) => row.periodStart),
      lists.of(text!, (row) => row.slotName),
      lists.of(text!, (row) => row.level),
      lists.of(text!, (row) => row.resourceGroupName),
      lists.of(text!, (row) => row.domainName),
      lists.of(uuid!, (row) => row.projectId),
      lists.of(uuid!, (row) => row.userUuid),
      lists.of(numeric!, (row) => row.resourceUsage),
    ];
    const sql =
      `INSERT INTO ${buckets.table} AS b (fair_share_id, period_start, slot_name, level, resource_group_name, ` +
      `domain_name, project_id, user_uuid, resource_usage) SELECT * FROM unnest(${given.join(', ')}) ` +
      `ON CONFLICT (fair_share_id, period_start, slot_name) ` +
      `DO UPDATE SET resource_usage = b.resource_usage + excluded.resource_usage`;
    return { statement: buckets.returningNothing(sql), values: lists.writer.values, finish: () => undefined };
  });
}
