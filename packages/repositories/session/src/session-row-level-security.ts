import { rowLevelSecurity, type RowLevelSecurity } from '@holdfast/base';
import { KernelRow } from './kernel-row.js';
import { ResourceAllocationRow } from './resource-allocation-row.js';
import { SessionDependencyRow } from './session-dependency-row.js';
import { SessionRow } from './session-row.js';
import { StatusTransitionRow } from './status-transition-row.js';
import { VfolderMountRow } from './vfolder-mount-row.js';

const scopes = {
  domain: 'domainName',
  project: 'groupId',
  user: 'userUuid',
  'access-key': 'accessKey',
} as const;

/** Whose sessions PostgreSQL lets be touched: those of the scope, whatever a statement says. */
export const sessionRowLevelSecurity = rowLevelSecurity<SessionRow>({ entity: SessionRow, scopes });

/** The same for kernels. */
export const kernelRowLevelSecurity = rowLevelSecurity<KernelRow>({ entity: KernelRow, scopes });

/** The same for what kernels hold. */
export const allocationRowLevelSecurity = rowLevelSecurity<ResourceAllocationRow>({
  entity: ResourceAllocationRow,
  scopes,
});

/** The same for what sessions mount. */
export const mountRowLevelSecurity = rowLevelSecurity<VfolderMountRow>({ entity: VfolderMountRow, scopes });

/** The same for what sessions wait for. */
export const dependencyRowLevelSecurity = rowLevelSecurity<SessionDependencyRow>({
  entity: SessionDependencyRow,
  scopes,
});

/** The same for how their status has changed. */
const historyRowLevelSecurity = rowLevelSecurity<StatusTransitionRow>({ entity: StatusTransitionRow, scopes });

/** All of them, for `reportRowLevelSecurity`. */
export const sessionTablesRowLevelSecurity: readonly RowLevelSecurity<never>[] = Object.freeze([
  sessionRowLevelSecurity,
  kernelRowLevelSecurity,
  allocationRowLevelSecurity,
  mountRowLevelSecurity,
  dependencyRowLevelSecurity,
  historyRowLevelSecurity,
] as readonly RowLevelSecurity<never>[]);
