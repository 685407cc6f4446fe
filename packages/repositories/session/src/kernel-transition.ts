import { type Changes, databaseTime } from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { where } from '@holdfast/querier';
import type { Transition } from '@holdfast/standard-repository';
import type { KernelInfo } from './kernel-info.js';
import type { KernelRow } from './kernel-row.js';
import { KernelStatusConflict } from './kernel-status-conflict.js';
import {
  isLegalTransition,
  isTerminal,
  legalPredecessors,
  SESSION_STATUSES,
  type SessionStatus,
} from './session-status.js';

/**
 * The move of a kernel to a status, and to an agent where one is given. Throws `InvalidInput` where there is no such status,
 * and for a place of one that is to wait.
 */
export function kernelTransition(to: SessionStatus, agentId?: AgentId | null): Transition<KernelRow, KernelInfo> {
  if (!SESSION_STATUSES.includes(to)) throw new InvalidInput('INVALID_VALUE', 'No status of a kernel.', '/status');
  if (to === 'PENDING' && agentId !== undefined && agentId !== null) {
    throw new InvalidInput('INVALID_VALUE', 'A kernel that waits has no place.', '/agentId');
  }
  const changes: Changes<KernelRow> = {
    status: to,
    statusChangedAt: databaseTime,
    ...(isTerminal(to) && { terminatedAt: databaseTime }),
    ...(agentId !== undefined && { agentId }),
  };
  return {
    condition: where<KernelRow>({ status: { in: legalPredecessors(to) } }),
    changes,
    isLegal: ({ status }) => isLegalTransition(status, to),
    conflict: ({ id, status }) => new KernelStatusConflict(id, status, to),
  };
}
