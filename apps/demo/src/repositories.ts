import { AgentRepositories, type AgentRepository } from '@holdfast/agent-repository';
import type { Database } from '@holdfast/base';
import { ScheduleRepositories, type ScheduleRepository } from '@holdfast/schedule-repository';
import { LIVE_SESSION_STATUSES, SessionRepositories, type SessionRepository } from '@holdfast/session-repository';
import { liveSessionsCheck, UserRepositories, type UserRepository } from '@holdfast/user-repository';
import type { DatabaseResilience } from './database-resilience.js';

export interface Repositories {
  readonly sessions: SessionRepository;
  readonly agents: AgentRepository;
  readonly schedule: ScheduleRepository;
  readonly users: UserRepository;
}

/** The composition root: every repository of the demo, on one database and behind what protects it. */
export function createRepositories(database: Database, resilience: DatabaseResilience): Repositories {
  const argsOf = (layer: string) => ({ database, resilience: resilience.ofRepository(layer) });
  const conflictChecks = [liveSessionsCheck({ liveStatuses: LIVE_SESSION_STATUSES })];
  return {
    sessions: SessionRepositories.create(argsOf('session_repository')).repository,
    agents: AgentRepositories.create(argsOf('agent_repository')).repository,
    schedule: ScheduleRepositories.create(argsOf('schedule_repository')).repository,
    users: UserRepositories.create({ ...argsOf('user_repository'), conflictChecks }).repository,
  };
}
