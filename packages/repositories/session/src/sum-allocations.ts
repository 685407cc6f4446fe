import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import { resourceSlotFromRow } from '@holdfast/domain-types';
import { columnType, compileScope, freeze, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import { KernelRow } from './kernel-row.js';
import type { ResourceAllocation } from './resource-allocation.js';
import { ResourceAllocationRow } from './resource-allocation-row.js';
import { rowFormat } from './row-format.js';
import { sessionRowLevelSecurity } from './session-row-level-security.js';
import { SessionRow } from './session-row.js';

type Slots = Readonly<Record<string, string>>;

const uuid = columnType('uuid');
const jsonb = columnType('jsonb');
const format = rowFormat({ id: uuid, requested: jsonb, occupied: jsonb });

/** Of whom the sums are: of sessions, or of kernels of sessions that are not deleted. */
const sources = {
  session: { id: 's.id', joined: '', kernels: 'k.session_id = s.id' },
  kernel: { id: 'o.id', joined: 'JOIN kernels o ON o.session_id = s.id', kernels: 'k.id = o.id' },
} as const;

/** What sessions or kernels hold, in the order of their ids, null for what is not there: one statement. */
export function sumAllocations(
  scope: Scope<SessionRow>,
  by: keyof typeof sources,
  ids: readonly string[],
  { includeDeleted = false }: { readonly includeDeleted?: boolean } = {},
): ReadSpec<readonly (ResourceAllocation | null)[]> {
  const spec = readSpec('sumAllocations', (catalog) => {
    const sessions = catalog.mappingOf(SessionRow);
    const kernels = catalog.mappingOf(KernelRow);
    const allocations = catalog.mappingOf(ResourceAllocationRow);
    const writer = new SqlWriter();
    const { id, joined, kernels: own } = sources[by];
    const live = includeDeleted ? '' : ' AND s.deleted_at IS NULL';
    const sql = `
      SELECT ${id}, sums.requested, sums.occupied
      FROM ${sessions.table} s ${joined.replace('kernels', kernels.table)}
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(slot_name, trim_scale(requested)::text), '{}') AS requested,
               coalesce(jsonb_object_agg(slot_name, trim_scale(used)::text) FILTER (WHERE used IS NOT NULL), '{}')
                 AS occupied
        FROM (
          SELECT a.slot_name, sum(a.requested) AS requested, sum(a.used) FILTER (WHERE a.freed_at IS NULL) AS used
          FROM ${kernels.table} k JOIN ${allocations.table} a ON a.kernel_id = k.id
          WHERE ${own} GROUP BY a.slot_name) slots) sums
      WHERE ${id} = ANY(${writer.list(uuid, ids, '/ids')})${live}
        AND ${compileScope(ownRows(sessions, 's'), scope, writer)}`;
    return {
      statement: allocations.returning(sql, format),
      values: writer.values,
      finish({ rows }): readonly (ResourceAllocation | null)[] {
        const found = new Map(
          (rows as readonly { readonly id: string; readonly requested: Slots; readonly occupied: Slots }[]).map(
            ({ id, requested, occupied }): readonly [string, ResourceAllocation] => [
              id,
              Object.freeze({
                requestedSlots: resourceSlotFromRow(requested),
                occupiedSlots: resourceSlotFromRow(occupied),
              }),
            ],
          ),
        );
        return freeze(ids.map((id) => found.get(id.toLowerCase()) ?? null));
      },
    };
  });
  return withinScope({ rowLevelSecurity: sessionRowLevelSecurity }, scope, spec, { relations: false });
}
