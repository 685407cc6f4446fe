import type { MigrationList } from '@holdfast/base';
import { CreateKeypairs } from './create-keypairs.js';
import { CreateUsers } from './create-users.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const userMigrations: MigrationList = Object.freeze([CreateUsers, CreateKeypairs]);
