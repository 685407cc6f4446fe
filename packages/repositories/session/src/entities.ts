import type { EntitySchema } from 'typeorm';
import { KernelRow } from './kernel-row.js';
import { ResourceAllocationRow } from './resource-allocation-row.js';
import { SessionDependencyRow } from './session-dependency-row.js';
import { SessionRow } from './session-row.js';
import { StatusTransitionRow } from './status-transition-row.js';
import { VfolderMountRow } from './vfolder-mount-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const sessionEntities: readonly EntitySchema[] = Object.freeze([
  SessionRow,
  KernelRow,
  ResourceAllocationRow,
  VfolderMountRow,
  SessionDependencyRow,
  StatusTransitionRow,
] as EntitySchema[]);
