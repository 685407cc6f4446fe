/** Whether an agent can be reached. */
export const AgentStatus = Object.freeze({
  ALIVE: 'ALIVE',
  /** Has not been heard of for too long. */
  LOST: 'LOST',
  RESTARTING: 'RESTARTING',
  /** Left by its own will; it may join again. */
  TERMINATED: 'TERMINATED',
});

export type AgentStatus = (typeof AgentStatus)[keyof typeof AgentStatus];

export const AGENT_STATUSES: readonly AgentStatus[] = Object.freeze(Object.values(AgentStatus));

const successors: Readonly<Record<AgentStatus, readonly AgentStatus[]>> = {
  ALIVE: ['LOST', 'RESTARTING', 'TERMINATED'],
  LOST: ['ALIVE', 'RESTARTING', 'TERMINATED'],
  RESTARTING: ['ALIVE', 'LOST', 'TERMINATED'],
  TERMINATED: ['ALIVE'],
};

/** Whether an agent may go from one status straight to another. No status follows itself. */
export function isLegalTransition(from: AgentStatus, to: AgentStatus): boolean {
  return successors[from].includes(to);
}

/** The statuses that an agent may come from. */
export function legalPredecessors(to: AgentStatus): readonly AgentStatus[] {
  return AGENT_STATUSES.filter((from) => isLegalTransition(from, to));
}
