import type { EntitySchema } from 'typeorm';
import { GroupMemberRow } from './group-member-row.js';
import { GroupRow } from './group-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const groupEntities: readonly EntitySchema[] = Object.freeze([GroupRow, GroupMemberRow] as EntitySchema[]);
