/** How far an execution has come. The values are those of MLflow. */
export const ExecutionStatus = Object.freeze({
  SCHEDULED: 'SCHEDULED',
  RUNNING: 'RUNNING',
  FINISHED: 'FINISHED',
  FAILED: 'FAILED',
  KILLED: 'KILLED',
});

export type ExecutionStatus = (typeof ExecutionStatus)[keyof typeof ExecutionStatus];

export const EXECUTION_STATUSES: readonly ExecutionStatus[] = Object.freeze(Object.values(ExecutionStatus));

const successors: Readonly<Record<ExecutionStatus, readonly ExecutionStatus[]>> = {
  SCHEDULED: ['RUNNING', 'FAILED', 'KILLED'],
  RUNNING: ['FINISHED', 'FAILED', 'KILLED'],
  // Whatever has ended may be taken up again.
  FINISHED: ['RUNNING'],
  FAILED: ['RUNNING'],
  KILLED: ['RUNNING'],
};

/** Whether an execution may go from one status straight to another. No status follows itself. */
export function isLegalTransition(from: ExecutionStatus, to: ExecutionStatus): boolean {
  return successors[from].includes(to);
}

/** The statuses that an execution may come from. */
export function legalPredecessors(to: ExecutionStatus): readonly ExecutionStatus[] {
  return EXECUTION_STATUSES.filter((from) => isLegalTransition(from, to));
}
