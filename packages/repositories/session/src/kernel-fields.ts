import { fields, usualOperators } from '@holdfast/querier';
import type { KernelRow } from './kernel-row.js';
import { SESSION_STATUSES } from './session-status.js';

const { id, choice, range } = usualOperators;

/** What a request may filter kernels by and order them by. */
export const kernelFields = fields<KernelRow>({
  id: { type: 'uuid', operators: id },
  sessionId: { type: 'uuid', operators: id, order: true },
  agentId: { type: 'text', operators: [...id, 'isNull'], order: true },
  clusterRole: { type: 'text', operators: choice },
  clusterIdx: { type: 'integer', operators: range, order: true },
  image: { type: 'text', operators: choice },
  status: { type: 'text', values: SESSION_STATUSES, operators: choice, order: true },
  statusChangedAt: { type: 'timestamp', operators: range, order: true },
  domainName: { type: 'text', operators: id },
  groupId: { type: 'uuid', operators: id },
  userUuid: { type: 'uuid', operators: id },
  accessKey: { type: 'text', operators: id },
  createdAt: { type: 'timestamp', operators: range, order: true },
  scheduledAt: { type: 'timestamp', operators: [...range, 'isNull'] },
  terminatedAt: { type: 'timestamp', operators: [...range, 'isNull'], order: true },
});
