import type { MigrationList } from '@holdfast/base';
import { CreateExecutionMetrics } from './create-execution-metrics.js';
import { CreateExecutions } from './create-executions.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const executionMigrations: MigrationList = Object.freeze([CreateExecutions, CreateExecutionMetrics]);
