import type { TestDatabase } from '@holdfast/testing';
import { type Drive, attempt } from '../attempt.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { Subject } from '../subject.js';

/** The subjects whose tables schedulers read. */
const READ: readonly string[] = ['agent/AgentRepository', 'session/SessionRepository'];

/**
 * What schedulers read: of all tenants, by design. What bounds it is the scaling group, and the tenants of this test
 * have one each.
 */
export function scheduleSubject(
  test: TestDatabase,
  { name, repository, operations }: ExportedRepository,
  made: readonly Subject[],
): Subject {
  const others = made.filter((one) => READ.includes(one.name));
  const drives: Readonly<Record<string, Drive>> = {
    getSchedulingData: ({ mine }) => [attempt(mine.key('group')), attempt('nobody'), attempt(mine.canary)],
  };
  return {
    name,
    test,
    operations,
    call: repositoryCall(repository),
    tables: others.flatMap(({ tables }) => tables),
    drives: { ...drives, within: withinDrive(test, repository, drives, ['getSchedulingData'], []) },
    async settle(tenant, other) {
      for (const { settle } of others) await settle(tenant, other);
    },
  };
}
