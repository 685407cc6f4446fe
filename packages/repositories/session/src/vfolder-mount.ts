import type { VfolderId } from '@holdfast/domain-types';
import type { MountPermission } from './mount-permission.js';

/** A virtual folder in a session: plain data, frozen. */
export interface VfolderMount {
  readonly vfolderId: VfolderId;
  /** What the folder was called when it was mounted. */
  readonly name: string;
  /** The part of the folder that is mounted; `.` is all of it. */
  readonly subpath: string;
  /** Where the session finds it, e.g. `/mnt/data`. Each path is there once in a session. */
  readonly mountPath: string;
  readonly permission: MountPermission;
}

/** What a new session is to mount. */
export interface VfolderMountSpec extends Pick<VfolderMount, 'vfolderId' | 'name' | 'mountPath'> {
  /** Default `.`: all of it. */
  readonly subpath?: string;
  /** Default `ro`. */
  readonly permission?: MountPermission;
}
