import { CheckViolation, entityOperations } from '@holdfast/base';
import type { KernelId } from '@holdfast/domain-types';
import { EntityAlreadyExists } from '@holdfast/errors';
import type { KernelInfo } from './kernel-info.js';
import { KernelNotFound } from './kernel-not-found.js';
import { KernelRow, toKernelInfo } from './kernel-row.js';
import { SessionIsPending } from './session-is-pending.js';
import { kernelRowLevelSecurity } from './session-row-level-security.js';

/** The standard operations of kernels. */
export const kernels = entityOperations<KernelRow, KernelInfo, KernelId>({
  entity: KernelRow,
  toData: toKernelInfo,
  notFound: (id) => new KernelNotFound(id),
  alreadyExists: () => new EntityAlreadyExists('kernel', 'A kernel of this id exists already.'),
  rowLevelSecurity: kernelRowLevelSecurity,
  integrityErrorChecks: [
    {
      violation: CheckViolation,
      constraint: 'kernels_session_scheduled',
      error: (violation) => new SessionIsPending(violation),
    },
  ],
});
