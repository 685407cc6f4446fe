import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { domainEntities } from '../src/entities.js';
import { domainMigrations } from '../src/migrations/index.js';

describeMigrations(runner, 'the migrations of domains', { entities: domainEntities, migrations: domainMigrations });
