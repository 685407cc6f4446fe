import { CheckViolation, entityOperations } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { SessionId } from '@holdfast/domain-types';
import { SessionNotFound } from './session-not-found.js';
import { mountRowLevelSecurity } from './session-row-level-security.js';
import type { VfolderMount } from './vfolder-mount.js';
import { toVfolderMount, VfolderMountRow } from './vfolder-mount-row.js';

/** A mount is known by where it is. */
export interface VfolderMountId {
  readonly sessionId: SessionId;
  readonly mountPath: string;
}

/** The standard operations of mounts. */
export const vfolderMounts = entityOperations<VfolderMountRow, VfolderMount, VfolderMountId>({
  entity: VfolderMountRow,
  toData: toVfolderMount,
  notFound: ({ sessionId }) => new SessionNotFound(sessionId),
  alreadyExists: () => new InvalidInput('INVALID_VALUE', 'Two folders cannot be at one path.', '/vfolderMounts'),
  rowLevelSecurity: mountRowLevelSecurity,
  integrityErrorChecks: [
    {
      violation: CheckViolation,
      constraint: 'session_vfolder_mounts_permission_check',
      error: (violation) =>
        new InvalidInput('INVALID_VALUE', 'The permission of a mount is ro, rw or wd.', '/vfolderMounts', violation),
    },
  ],
});
