import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SESSION_STATUSES, SessionType } from '@holdfast/session-repository';
import { syntheticCluster } from '../src/synthetic/synthetic-cluster.js';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';

const { agents, sessions } = syntheticCluster(syntheticTenants);
const users = syntheticTenants.domains.flatMap((domain) => domain.users.map((user) => ({ domain, user })));

describe('the synthetic cluster', () => {
  it('is the same at every start, on every machine', () => {
    expect(syntheticCluster(syntheticTenants)).toEqual({ agents, sessions });
    const digest = createHash('sha256').update(JSON.stringify({ agents, sessions })).digest('hex');
    expect(digest).toBe('787db55763a55ba9d4dfdd54db5bdac3649886059a25f0c401a8b58177b893fb');
  });

  it('has 2,000 sessions and 200 agents, each with a name of its own', () => {
    expect(new Set(sessions.map(({ name }) => name)).size).toBe(2_000);
    expect(new Set(agents.map(({ id }) => id)).size).toBe(200);
  });

  it('has sessions of every user, status and type', () => {
    expect(new Set(sessions.map(({ userUuid }) => userUuid))).toEqual(new Set(users.map(({ user }) => user.id)));
    expect(new Set(sessions.map(({ past }) => past!.status))).toEqual(new Set(SESSION_STATUSES));
    expect(new Set(sessions.map(({ type }) => type))).toEqual(new Set(Object.values(SessionType)));
  });

  it('puts each session where its owner belongs and may schedule', () => {
    for (const session of sessions) {
      const { domain, user } = users.find((one) => one.user.id === session.userUuid)!;
      expect(session).toMatchObject({
        domainName: domain.name,
        groupId: user.project.id,
        accessKey: user.accessKey,
      });
      expect(domain.scalingGroups).toContain(session.scalingGroupName);
    }
  });

  it('lets only sessions that are placed hold resources, and only those that are over have an end', () => {
    for (const { past, kernels, requestedSlots } of sessions) {
      const { status, createdAt, statusChangedAt, terminatedAt } = past!;
      const isPlaced = !['PENDING', 'TERMINATED', 'CANCELLED', 'ERROR'].includes(status);
      expect([status, kernels[0]!.past!.usedSlots]).toEqual([status, isPlaced ? requestedSlots : null]);
      expect([status, terminatedAt !== null]).toEqual([status, ['TERMINATED', 'CANCELLED'].includes(status)]);
      expect(statusChangedAt!.getTime()).toBeGreaterThanOrEqual(createdAt.getTime());
    }
  });

  it('creates some sessions at the same moment, so that pages have ties to get right', () => {
    const moments = new Set(sessions.map(({ past }) => past!.createdAt.getTime()));
    expect(moments.size).toBeLessThan(2_000);
  });
});
