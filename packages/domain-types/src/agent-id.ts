import type { Branded } from './branded.js';
import { nameText } from './name-text.js';

/** The id of an agent, a node that runs kernels, e.g. `i-node01`: a name that the node brings along. */
export type AgentId = Branded<string, 'AgentId'>;

/** Checks a name by the rule of `nameText`. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function agentId(text: string, pointer = 'agentId'): AgentId {
  return nameText(text, 'agent id', pointer) as AgentId;
}
