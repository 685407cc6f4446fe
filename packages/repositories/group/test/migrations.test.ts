import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { groupEntities } from '../src/entities.js';
import { groupMigrations } from '../src/migrations/index.js';

describeMigrations(runner, 'the migrations of groups', { entities: groupEntities, migrations: groupMigrations });
