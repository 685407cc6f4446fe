import type { MigrationList } from '@holdfast/base';
import { CreateGroupMembers } from './create-group-members.js';
import { CreateGroups } from './create-groups.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const groupMigrations: MigrationList = Object.freeze([CreateGroups, CreateGroupMembers]);
