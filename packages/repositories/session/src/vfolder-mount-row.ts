import type { SessionId, VfolderId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import type { MountPermission } from './mount-permission.js';
import { type OwningSession, owningSession } from './owning-session.js';
import { ownedForeignKey, ownerColumns, type SessionOwner } from './session-owner.js';
import type { VfolderMount } from './vfolder-mount.js';

/** A row of the table `session_vfolder_mounts`. Callers get `VfolderMount`. */
export interface VfolderMountRow extends SessionOwner {
  sessionId: SessionId;
  mountPath: string;
  vfolderId: VfolderId;
  name: string;
  subpath: string;
  permission: MountPermission;
  session: OwningSession;
}

const primaryKeyConstraintName = 'session_vfolder_mounts_pkey';

export const VfolderMountRow = new EntitySchema<VfolderMountRow>({
  name: 'VfolderMount',
  tableName: 'session_vfolder_mounts',
  columns: {
    sessionId: { name: 'session_id', type: 'uuid', primary: true, primaryKeyConstraintName },
    mountPath: { name: 'mount_path', type: 'text', primary: true, primaryKeyConstraintName },
    vfolderId: { name: 'vfolder_id', type: 'uuid' },
    name: { type: 'text' },
    subpath: { type: 'text', default: '.' },
    permission: { type: 'text', default: 'ro' },
    ...ownerColumns,
  },
  relations: { session: owningSession },
  foreignKeys: [ownedForeignKey('session_vfolder_mounts_session_fkey', 'Session', 'sessionId')],
  checks: [{ name: 'session_vfolder_mounts_permission_check', expression: `permission IN ('ro', 'rw', 'wd')` }],
  indices: [{ name: 'session_vfolder_mounts_vfolder_idx', columns: ['vfolderId', 'sessionId'] }],
});

/** The data of a row. */
export function toVfolderMount({ vfolderId, name, subpath, mountPath, permission }: VfolderMountRow): VfolderMount {
  return Object.freeze({ vfolderId, name, subpath, mountPath, permission });
}
