import { AGENT_STATUSES } from '@holdfast/agent-repository';
import { z } from 'zod';
import { batchTargetShape } from './batch-target.js';
import { slotAmounts } from './slot-amounts.js';
import { storableText } from './storable-text.js';

const MOST_AGENTS = 1_000;

const word = storableText(64).min(1, 'A text that is not empty is needed');

/** The body of `POST /agents`. */
export const agentCreation = z.strictObject({
  id: z.string(),
  region: word,
  scalingGroupName: z.string(),
  availableSlots: slotAmounts,
  gpuModel: word.nullable().exactOptional(),
  addr: storableText(256).min(1, 'An address is needed'),
  version: word,
  architecture: word,
  schedulable: z.boolean().exactOptional(),
});

/** The body of `POST /agents/bulk`. */
export const agentsCreation = z.strictObject({
  agents: z.array(agentCreation).min(1, 'At least one agent is needed').max(MOST_AGENTS),
});

/** The body of `PATCH /agents/:id`: what is left out stays, and null empties. */
export const agentUpdate = z.strictObject({
  region: word.exactOptional(),
  schedulable: z.boolean().exactOptional(),
  availableSlots: slotAmounts.exactOptional(),
  gpuModel: word.nullable().exactOptional(),
  addr: storableText(256).min(1, 'An address is needed').exactOptional(),
  version: word.exactOptional(),
});

/** The body of `POST /agents/:id/status`. */
export const agentStatusUpdate = z.strictObject({ status: z.enum(AGENT_STATUSES) });

/** The body of `POST /agents/batch-delete` and `POST /agents/batch-purge`. */
export const agentBatch = z.strictObject(batchTargetShape);

/** The body of `POST /agents/batch-update`. */
export const agentBatchUpdate = z.strictObject({
  ...batchTargetShape,
  change: agentUpdate.refine((change) => Object.keys(change).length > 0, 'A change is needed'),
});
