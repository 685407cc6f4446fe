import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import { userMigrations } from '../src/migrations/index.js';

describeMigrations(runner, 'the migrations of users', { entities: userEntities, migrations: userMigrations });
