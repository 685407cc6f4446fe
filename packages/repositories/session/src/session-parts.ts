import type { SessionId } from '@holdfast/domain-types';
import type { KernelInfo } from './kernel-info.js';
import { KernelRow, toKernelInfo } from './kernel-row.js';
import type { SessionPart } from './rows-of-session.js';
import { SessionDependencyRow } from './session-dependency-row.js';
import type { StatusTransition } from './status-transition.js';
import { StatusTransitionRow, toStatusTransition } from './status-transition-row.js';
import type { VfolderMount } from './vfolder-mount.js';
import { toVfolderMount, VfolderMountRow } from './vfolder-mount-row.js';

/** The kernels of a session, by their index in the cluster. */
export const kernelsOfSession: SessionPart<KernelRow, KernelInfo> = {
  entity: KernelRow,
  orderBy: 'clusterIdx',
  toData: toKernelInfo,
};

/** How its status has changed, in order. */
export const statusHistoryOfSession: SessionPart<StatusTransitionRow, StatusTransition> = {
  entity: StatusTransitionRow,
  orderBy: 'number',
  toData: toStatusTransition,
};

/** What it mounts, by path. */
export const mountsOfSession: SessionPart<VfolderMountRow, VfolderMount> = {
  entity: VfolderMountRow,
  orderBy: 'mountPath',
  toData: toVfolderMount,
};

/** What it waits for itself. */
export const dependenciesOfSession: SessionPart<SessionDependencyRow, SessionId> = {
  entity: SessionDependencyRow,
  orderBy: 'dependsOn',
  toData: ({ dependsOn }) => dependsOn,
};
