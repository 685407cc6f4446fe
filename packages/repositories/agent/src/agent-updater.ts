import type { Changes, UpdaterSpec } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { checkChanges, checkedChange } from '@holdfast/standard-repository';
import type { AgentRow } from './agent-row.js';
import type { AgentUpdate } from './agent-update.js';

const changeable: ReadonlySet<string> = new Set<keyof AgentUpdate>([
  'region',
  'schedulable',
  'availableSlots',
  'gpuModel',
  'addr',
  'version',
  'architecture',
]);

/**
 * The changes of an agent's row. Throws `InvalidInput` (`UNKNOWN_FIELD`) for what is not changed this way, also where
 * types were got around, and what `resourceSlot` throws.
 */
export function agentUpdater(update: AgentUpdate): UpdaterSpec<AgentRow> {
  checkChanges(update, changeable);
  return { changes: checkedChange(update, { availableSlots: resourceSlot }) satisfies Changes<AgentRow> };
}
