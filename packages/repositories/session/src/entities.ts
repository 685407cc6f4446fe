import type { EntitySchema } from 'typeorm';
import { KernelRow } from './kernel-row.js';
import { SessionRow } from './session-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const sessionEntities: readonly EntitySchema[] = Object.freeze([SessionRow, KernelRow] as EntitySchema[]);
