import { AgentRepositories, type AgentRepository } from '@holdfast/agent-repository';
import type { Database } from '@holdfast/base';
import {
  type NotificationChannelRepository,
  NotificationRepositories,
  type NotificationRuleRepository,
  type SecretKeys,
} from '@holdfast/notification-repository';
import { ScheduleRepositories, type ScheduleRepository } from '@holdfast/schedule-repository';
import { SessionRepositories, type SessionRepository } from '@holdfast/session-repository';
import type { DatabaseResilience } from './database-resilience.js';

export interface Repositories {
  readonly sessions: SessionRepository;
  readonly agents: AgentRepository;
  readonly schedule: ScheduleRepository;
  readonly channels: NotificationChannelRepository;
  readonly rules: NotificationRuleRepository;
}

/**
 * The composition root: every repository of the demo, on one database and behind what protects it. `secrets` encrypts what
 * channels keep to themselves.
 */
export function createRepositories(
  database: Database,
  resilience: DatabaseResilience,
  secrets: SecretKeys,
): Repositories {
  const argsOf = (layer: string) => ({ database, resilience: resilience.ofRepository(layer) });
  const { channelRepository, ruleRepository } = NotificationRepositories.create({
    database,
    secrets,
    resilience: {
      channels: resilience.ofRepository('notification_channel_repository'),
      rules: resilience.ofRepository('notification_rule_repository'),
    },
  });
  return {
    sessions: SessionRepositories.create(argsOf('session_repository')).repository,
    agents: AgentRepositories.create(argsOf('agent_repository')).repository,
    schedule: ScheduleRepositories.create(argsOf('schedule_repository')).repository,
    channels: channelRepository,
    rules: ruleRepository,
  };
}
