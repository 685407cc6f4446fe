import type { MigrationList } from '@holdfast/base';
import { CreateKernels } from './create-kernels.js';
import { CreateSessions } from './create-sessions.js';
import { SecureSessions } from './secure-sessions.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const sessionMigrations: MigrationList = Object.freeze([CreateSessions, CreateKernels, SecureSessions]);
