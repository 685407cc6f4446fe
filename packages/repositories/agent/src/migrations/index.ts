import type { MigrationList } from '@holdfast/base';
import { CreateAgents } from './create-agents.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const agentMigrations: MigrationList = Object.freeze([CreateAgents]);
