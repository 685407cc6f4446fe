import * as runner from '@jest/globals';
import { agentEntities } from '@holdfast/agent-repository/entities';
import { agentMigrations } from '@holdfast/agent-repository/migrations';
import { sessionEntities } from '@holdfast/session-repository/entities';
import { sessionMigrations } from '@holdfast/session-repository/migrations';
import { describeMigrations } from '@holdfast/testing';

describeMigrations(runner, 'the migrations of the demo, as it puts them together', {
  entities: [...sessionEntities, ...agentEntities],
  migrations: [...sessionMigrations, ...agentMigrations],
});
