import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import { sessionMigrations } from '../src/migrations/index.js';

describeMigrations(runner, 'the migrations of sessions', { entities: sessionEntities, migrations: sessionMigrations });
