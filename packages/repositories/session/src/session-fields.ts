import { fields, usualOperators } from '@holdfast/querier';
import { ClusterMode } from './cluster-mode.js';
import { SessionResult } from './session-result.js';
import type { SessionRow } from './session-row.js';
import { SESSION_STATUSES } from './session-status.js';
import { SessionType } from './session-type.js';

const { id, choice, range, text } = usualOperators;
const optionalRange = [...range, 'isNull'] as const;

/** What a request may filter sessions by and order them by. */
export const sessionFields = fields<SessionRow, 'type'>({
  id: { type: 'uuid', operators: id },
  creationId: { type: 'text', operators: id },
  name: { type: 'text', operators: text, order: true },
  type: { type: 'text', column: 'sessionType', values: Object.values(SessionType), operators: choice },
  status: { type: 'text', values: SESSION_STATUSES, operators: choice, order: true },
  statusChangedAt: { type: 'timestamp', operators: range, order: true },
  priority: { type: 'integer', operators: [...range, 'in'], order: true },
  clusterMode: { type: 'text', values: Object.values(ClusterMode), operators: choice },
  clusterSize: { type: 'integer', operators: range },
  domainName: { type: 'text', operators: id },
  groupId: { type: 'uuid', operators: id },
  userUuid: { type: 'uuid', operators: id },
  accessKey: { type: 'text', operators: id },
  scalingGroupName: { type: 'text', operators: choice },
  images: { type: 'text', operators: ['has', 'hasAny', 'hasAll'] },
  tag: { type: 'text', operators: [...text, 'isNull'] },
  gpuCount: { type: 'integer', operators: [...range, 'in'], order: true },
  result: { type: 'text', values: Object.values(SessionResult), operators: [...choice, 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  startsAt: { type: 'timestamp', operators: optionalRange, order: true },
  terminatedAt: { type: 'timestamp', operators: optionalRange, order: true },
  modifiedAt: { type: 'timestamp', operators: range, order: true },
});
