import type { MigrationList } from '@holdfast/base';
import { CreateDomains } from './create-domains.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const domainMigrations: MigrationList = Object.freeze([CreateDomains]);
