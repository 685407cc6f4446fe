import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DomainHasActiveKernels,
  DomainHasGroups,
  DomainHasSessions,
  DomainHasUsers,
  type DomainInfo,
  DomainIsDefault,
  DomainNotFound,
} from '../src/index.js';
import { type DomainDatabase, domainDatabase } from './fixture/domain-database.js';
import { everybody, spec } from './fixture/domains.js';

let test: DomainDatabase;
let domain: DomainInfo;
beforeAll(async () => void (test = await domainDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.dataSource.query('TRUNCATE domains, users, groups, kernels, sessions');
  domain = await test.repository.create(everybody, spec());
});

const addUser = ({ id }: DomainInfo) => test.dataSource.query('INSERT INTO users VALUES ($1)', [id]);
const addGroup = ({ name }: DomainInfo) => test.dataSource.query('INSERT INTO groups VALUES ($1)', [name]);
const addSession = ({ name }: DomainInfo) => test.dataSource.query('INSERT INTO sessions VALUES ($1)', [name]);
const addKernel = ({ name }: DomainInfo, status: string) =>
  test.dataSource.query('INSERT INTO kernels VALUES ($1, $2)', [name, status]);

describe('the purge of a domain', () => {
  it.each([
    ['users', () => addUser(domain), DomainHasUsers],
    ['groups', () => addGroup(domain), DomainHasGroups],
    ['sessions', () => addSession(domain), DomainHasSessions],
    ['active kernels', () => addKernel(domain, 'RUNNING'), DomainHasActiveKernels],
  ])('is refused while it has %s', async (_name, add, error) => {
    await add();
    const other = await test.repository.create(everybody, spec());
    const before = await test.rows();

    const failure: unknown = await test.repository.purge(everybody, domain.name).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(error);
    expect(failure).toMatchObject({ code: 'domain_purge_conflict', httpStatus: 409 });
    await expect(test.repository.batchPurge(everybody, [other.name, domain.name])).rejects.toBeInstanceOf(error);
    expect(await test.rows()).toEqual(before);

    await test.dataSource.query('TRUNCATE users, groups, kernels, sessions');
    await expect(test.repository.purge(everybody, domain.name)).resolves.toEqual(domain);
  });

  it('is refused within a dbSession by the same', async () => {
    const byDefault = await test.repository.setDefault(everybody, domain.name);
    const other = await test.repository.create(everybody, spec());
    await addUser(other);
    const purge = ({ name }: DomainInfo) =>
      test.database.beginSession((dbSession) => test.repository.within(dbSession).purge(everybody, name));

    await expect(purge(byDefault)).rejects.toBeInstanceOf(DomainIsDefault);
    await expect(purge(other)).rejects.toBeInstanceOf(DomainHasUsers);
  });

  it('tells of kernels before users, of users before groups, and of groups before sessions', async () => {
    const refused = async () => test.repository.purge(everybody, domain.name).catch((error: Error) => error.name);

    await addSession(domain);
    expect(await refused()).toBe('DomainHasSessions');
    await addGroup(domain);
    expect(await refused()).toBe('DomainHasGroups');
    await addUser(domain);
    expect(await refused()).toBe('DomainHasUsers');
    await addKernel(domain, 'RUNNING');
    expect(await refused()).toBe('DomainHasActiveKernels');
  });

  it('does not mind kernels that are over, and what belongs to others', async () => {
    const other = await test.repository.create(everybody, spec());
    await Promise.all([addUser(other), addGroup(other), addKernel(other, 'RUNNING'), addKernel(domain, 'TERMINATED')]);

    await expect(test.repository.purge(everybody, domain.name)).resolves.toEqual(domain);
    expect(await test.rows()).toMatchObject([{ name: other.name }]);
  });

  it('leaves no user behind that came at the same moment, where the domain is locked for it', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 50; round++) {
      const { name } = await test.repository.create(everybody, spec());
      const add = () =>
        test.database.beginSession(async (dbSession) => {
          const { id } = await test.repository.within(dbSession).get(everybody, name, { lock: 'share' });
          await dbSession.sql`INSERT INTO users VALUES (${id})`;
        });

      const purge = () => test.repository.purge(everybody, name);
      // Who is asked first has a head start, so that both ways are seen.
      const begun = round % 2 === 0 ? [add(), purge()] : [purge(), add()].reverse();

      const [added, purged] = (await Promise.allSettled<unknown>(begun)) as [
        PromiseSettledResult<unknown>,
        PromiseSettledResult<unknown>,
      ];

      if (added.status === 'fulfilled') expect(purged).toMatchObject({ reason: expect.any(DomainHasUsers) });
      else expect([added.reason, purged.status]).toEqual([expect.any(DomainNotFound), 'fulfilled']);
      const orphans = 'SELECT * FROM users WHERE domain_id NOT IN (SELECT id FROM domains)';
      expect(await test.dataSource.query(orphans)).toEqual([]);
      seen.add(added.status);
    }
    expect([...seen].sort()).toEqual(['fulfilled', 'rejected']);
  });
});
