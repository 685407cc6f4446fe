import { AgentRepositories, type AgentRepository } from '@holdfast/agent-repository';
import type { Database } from '@holdfast/base';
import { ScheduleRepositories, type ScheduleRepository } from '@holdfast/schedule-repository';
import { SessionRepositories, type SessionRepository } from '@holdfast/session-repository';

export interface Repositories {
  readonly sessions: SessionRepository;
  readonly agents: AgentRepository;
  readonly schedule: ScheduleRepository;
}

/** The composition root: every repository of the demo, on one database. */
export function createRepositories(database: Database): Repositories {
  return {
    sessions: SessionRepositories.create({ database }).repository,
    agents: AgentRepositories.create({ database }).repository,
    schedule: ScheduleRepositories.create({ database }).repository,
  };
}
