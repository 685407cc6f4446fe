import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { executionEntities } from '../src/entities.js';
import { executionMigrations } from '../src/migrations/index.js';

describeMigrations(runner, 'the migrations of executions', {
  entities: executionEntities,
  migrations: executionMigrations,
});
