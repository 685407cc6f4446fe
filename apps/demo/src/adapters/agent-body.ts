import type { AgentInfo } from '@holdfast/agent-repository';
import type { Principal } from '../tenants/principal.js';

/** An agent as it is sent to somebody: where it listens is told to those only who run it. */
export function agentBody({ agentsToChange }: Principal): (agent: AgentInfo) => Omit<AgentInfo, 'addr'> {
  if (agentsToChange !== null) return (agent) => agent;
  return ({ addr: _addr, ...agent }) => agent;
}
