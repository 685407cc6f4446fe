import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainHasActiveKernels, DomainHasSessions, domainScope } from '@holdfast/domain-repository';
import { type DomainName, domainName, type ProjectId, type UserId } from '@holdfast/domain-types';
import { channelDomainScope, DomainHasNotificationChannels } from '@holdfast/notification-repository';
import { unscoped } from '@holdfast/querier';
import { domainScope as sessionsOf, type SessionStatus } from '@holdfast/session-repository';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { conflictChecks } from '../src/conflict-checks.js';
import { entities, migrations } from '../src/domains.js';
import type { Repositories } from '../src/repositories.js';
import { demoRepositories, sessionOf } from './support/demo-repositories.js';

const all = unscoped('a test');

let test: TestDatabase;
let repositories: Repositories;
let userUuid: UserId;
let groupId: ProjectId;
beforeAll(async () => {
  test = await createTestDatabase({ entities, migrations });
  repositories = demoRepositories(test.database);
  const elsewhere = domainName('elsewhere');
  await repositories.domains.create(all, { name: elsewhere });
  const user = { username: 'eve', email: 'eve@example.com', domainName: elsewhere };
  ({ id: userUuid } = await repositories.users.create(all, user));
  ({ id: groupId } = await repositories.groups.create(all, { name: 'guests', domainName: elsewhere }));
  await repositories.groups.assignUsers(all, groupId, [userUuid]);
});
afterAll(() => test.close());

/** A domain of its own with one session, of somebody from elsewhere. */
async function domainWithSession(name: string, status: SessionStatus): Promise<DomainName> {
  const domain = domainName(name);
  await repositories.domains.create(all, { name: domain });
  const past = { status, createdAt: new Date(0) };
  const left = sessionOf({ groupId, userUuid }, { name: 'left-behind', past });
  await repositories.sessions.create(sessionsOf(domain), left);
  return domain;
}

describe('the conflict checks of the demo', () => {
  it('leave nothing of a domain to whoever gets its name next', async () => {
    const domain = await domainWithSession('reused', 'TERMINATED');

    await expect(repositories.domains.purge(domainScope(domain), domain)).rejects.toBeInstanceOf(DomainHasSessions);
  });

  it('let a domain go once its sessions have', async () => {
    const domain = await domainWithSession('emptied', 'TERMINATED');
    const { count } = await repositories.sessions.batchPurge(sessionsOf(domain), { name: { eq: 'left-behind' } });

    expect(count).toBe(1);
    await expect(repositories.domains.purge(all, domain)).resolves.toMatchObject({ name: domain });
  });

  it('tell of notification channels, deleted ones too', async () => {
    const domain = domainName('noticed');
    await repositories.domains.create(all, { name: domain });
    const { id } = await repositories.channels.create(channelDomainScope(domain), {
      name: 'left-behind',
      type: 'webhook',
      config: { url: 'https://example.org' },
    });
    await repositories.channels.delete(channelDomainScope(domain), id);

    await expect(repositories.domains.purge(all, domain)).rejects.toBeInstanceOf(DomainHasNotificationChannels);
    await repositories.channels.purge(channelDomainScope(domain), id);
    expect(await repositories.domains.purge(all, domain)).toMatchObject({ name: domain });
  });

  it('tell of active kernels first', async () => {
    const domain = await domainWithSession('active', 'RUNNING');
    await test.dataSource.query(`INSERT INTO kernels
      (id, session_id, image, status, requested_slots, domain_name, group_id, user_uuid, access_key)
      SELECT gen_random_uuid(), id, 'python:3', 'RUNNING', '{}', domain_name, group_id, user_uuid, access_key
      FROM sessions WHERE domain_name = 'active'`);

    await expect(repositories.domains.purge(all, domain)).rejects.toBeInstanceOf(DomainHasActiveKernels);
  });

  it('are not needed for memberships: they go with their user', async () => {
    const domain = domainName('members');
    await repositories.domains.create(all, { name: domain });
    const ada = { username: 'ada', email: 'ada@example.com', domainName: domain };
    const { id } = await repositories.users.create(all, ada);
    const group = await repositories.groups.create(all, { name: 'vision', domainName: domain });
    await repositories.groups.assignUsers(all, group.id, [id]);

    await repositories.users.purge(all, id);

    expect(await repositories.groups.isMember(all, group.id, id)).toBe(false);
  });

  it('are answered by an index, each: a purge holds its locks while it asks', async () => {
    const asked = [
      ...conflictChecks.ofAgents,
      ...conflictChecks.ofDomains,
      ...conflictChecks.ofGroups,
      ...conflictChecks.ofUsers,
    ];
    const rows: { place: string }[] = await test.dataSource.query(`
      SELECT i.indrelid::regclass || '.' || a.attname AS place FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE i.indpred IS NULL`);
    const indexed = new Set(rows.map(({ place }) => place));

    expect(asked.map(({ table, column }) => `${table}.${column}`).filter((place) => !indexed.has(place))).toEqual([]);
  });
});
