import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { notificationEntities } from '../src/entities.js';
import { notificationMigrations } from '../src/migrations/index.js';

describeMigrations(runner, 'the migrations of notifications', {
  entities: notificationEntities,
  migrations: notificationMigrations,
});
