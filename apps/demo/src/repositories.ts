import { AgentRepositories, type AgentRepository } from '@holdfast/agent-repository';
import type { Database } from '@holdfast/base';
import { DomainRepositories, type DomainRepository } from '@holdfast/domain-repository';
import {
  type ExecutionMetricRepository,
  ExecutionRepositories,
  type ExecutionRepository,
} from '@holdfast/execution-repository';
import {
  FairShareRepositories,
  type FairShareRepository,
  type ResourceUsageRepository,
} from '@holdfast/fair-share-repository';
import { GroupRepositories, type GroupRepository } from '@holdfast/group-repository';
import {
  type NotificationChannelRepository,
  NotificationRepositories,
  type NotificationRuleRepository,
} from '@holdfast/notification-repository';
import { ScheduleRepositories, type ScheduleRepository } from '@holdfast/schedule-repository';
import type { SecretKeys } from '@holdfast/secrets';
import { SessionRepositories, type SessionRepository } from '@holdfast/session-repository';
import {
  KeypairRepositories,
  type KeypairRepository,
  UserRepositories,
  type UserRepository,
} from '@holdfast/user-repository';
import { conflictChecks } from './conflict-checks.js';
import type { DatabaseResilience } from './database-resilience.js';

export interface Repositories {
  readonly sessions: SessionRepository;
  readonly agents: AgentRepository;
  readonly schedule: ScheduleRepository;
  readonly domains: DomainRepository;
  readonly groups: GroupRepository;
  readonly users: UserRepository;
  readonly keypairs: KeypairRepository;
  readonly channels: NotificationChannelRepository;
  readonly rules: NotificationRuleRepository;
  readonly executions: ExecutionRepository;
  readonly executionMetrics: ExecutionMetricRepository;
  readonly fairShares: FairShareRepository;
  readonly resourceUsage: ResourceUsageRepository;
}

/**
 * The composition root: every repository of the demo, on one database and behind what protects it. `secrets` encrypts what
 * channels and key pairs keep to themselves.
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
  const fairShares = FairShareRepositories.create({
    database,
    resilience: {
      fairShares: resilience.ofRepository('fair_share_repository'),
      usage: resilience.ofRepository('resource_usage_history_repository'),
    },
  });
  const { executionRepository, metricRepository } = ExecutionRepositories.create({
    database,
    resilience: {
      executions: resilience.ofRepository('execution_repository'),
      metrics: resilience.ofRepository('execution_metric_repository'),
    },
  });
  return {
    sessions: SessionRepositories.create(argsOf('session_repository')).repository,
    agents: AgentRepositories.create({ ...argsOf('agent_repository'), conflictChecks: conflictChecks.ofAgents })
      .repository,
    schedule: ScheduleRepositories.create(argsOf('schedule_repository')).repository,
    domains: DomainRepositories.create({
      ...argsOf('domain_repository'),
      conflictChecks: conflictChecks.ofDomains,
    }).repository,
    groups: GroupRepositories.create({
      ...argsOf('group_repository'),
      conflictChecks: conflictChecks.ofGroups,
      memberChecks: conflictChecks.assigningMembers,
      memberConflictChecks: conflictChecks.removingMembers,
    }).repository,
    users: UserRepositories.create({ ...argsOf('user_repository'), conflictChecks: conflictChecks.ofUsers }).repository,
    keypairs: KeypairRepositories.create({ ...argsOf('keypair_repository'), secrets }).repository,
    executions: executionRepository,
    executionMetrics: metricRepository,
    channels: channelRepository,
    rules: ruleRepository,
    fairShares: fairShares.repository,
    resourceUsage: fairShares.usageRepository,
  };
}
