import type { MigrationList } from '@holdfast/base';
import { CreateFairShares } from './create-fair-shares.js';
import { CreateUsageHistory } from './create-usage-history.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const fairShareMigrations: MigrationList = Object.freeze([CreateFairShares, CreateUsageHistory]);
