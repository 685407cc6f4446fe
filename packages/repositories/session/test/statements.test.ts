import * as runner from '@jest/globals';
import { describeStatements } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import { type SessionInfo, SessionRepositories, SessionRepository } from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

/** So many sessions of Alice; one of them. */
async function oneOf(repository: SessionRepository, rows: number): Promise<SessionInfo> {
  const sessions = await repository.bulkCreate(
    ofAlice,
    Array.from({ length: rows }, () => spec(alice)),
  );
  return sessions[0]!;
}

describeStatements(runner, 'SessionRepository', {
  tables: { entities: sessionEntities, migrations: sessionMigrations },
  repository: (database) => SessionRepositories.create({ database }).repository,
  statements: SessionRepository.statements,
  calls: {
    getSessionById: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, rows);
      return () => repository.getSessionById(ofAlice, id);
    },
    getSessionInfo: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, rows);
      return () => repository.getSessionInfo(ofAlice, id);
    },
    listByAccessKey: async ({ repository }, rows) => {
      const { accessKey } = await oneOf(repository, rows);
      return () => repository.listByAccessKey(ofAlice, accessKey, 1_000);
    },
    countActiveSessionsByScalingGroup: async ({ repository }, rows) => {
      const { scalingGroupName } = await oneOf(repository, rows);
      return () => repository.countActiveSessionsByScalingGroup(ofAlice, scalingGroupName);
    },
    updateStatus: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, rows);
      return () => repository.updateStatus(ofAlice, id, 'SCHEDULED');
    },
  },
});
