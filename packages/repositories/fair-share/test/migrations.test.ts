import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { fairShareEntities } from '../src/entities.js';
import { fairShareMigrations } from '../src/migrations/index.js';

describeMigrations(runner, 'the migrations of fair shares', {
  entities: fairShareEntities,
  migrations: fairShareMigrations,
});
