import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { agentEntities } from '../src/entities.js';
import { agentMigrations } from '../src/migrations/index.js';

describeMigrations(runner, 'the migrations of agents', { entities: agentEntities, migrations: agentMigrations });
