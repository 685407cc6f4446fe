import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type DomainInfo, DomainNotFound, domainScope } from '../src/index.js';
import { type DomainDatabase, domainDatabase } from './fixture/domain-database.js';
import { everybody, nobody, nobodysId, spec } from './fixture/domains.js';

let test: DomainDatabase;
let domain: DomainInfo;
let other: DomainInfo;
beforeAll(async () => void (test = await domainDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.dataSource.query('TRUNCATE domains');
  domain = await test.repository.create(everybody, spec());
  other = await test.repository.create(everybody, spec());
});

describe('a domain', () => {
  it('is found by its name and by its id', async () => {
    for (const scope of [domainScope(domain.name), everybody]) {
      expect(await test.repository.get(scope, domain.name)).toEqual(domain);
      expect(await test.repository.getDomainById(scope, domain.id)).toEqual(domain);
      expect(await test.repository.getDomainIdByName(scope, domain.name)).toBe(domain.id);
    }
  });

  it('is not found in the scope of another, as if it were not there', async () => {
    const mine = domainScope(other.name);

    for (const id of [domain.id, nobodysId]) {
      const failure: unknown = await test.repository.getDomainById(mine, id).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DomainNotFound);
      expect(failure).toMatchObject({ domain: id, message: `No domain ${id}.`, code: 'domain_read_not-found' });
    }
    for (const name of [domain.name, nobody]) {
      const failure = test.repository.getDomainIdByName(mine, name);
      await expect(failure).rejects.toMatchObject({ domain: name, message: `No domain ${name}.` });
    }
  });

  it('is found while it is deleted only by who asks for that', async () => {
    const deleted = await test.repository.delete(everybody, domain.name);
    const all = { includeDeleted: true };

    await expect(test.repository.getDomainById(everybody, domain.id)).rejects.toBeInstanceOf(DomainNotFound);
    await expect(test.repository.getDomainIdByName(everybody, domain.name)).rejects.toBeInstanceOf(DomainNotFound);
    expect(await test.repository.getDomainById(everybody, domain.id, all)).toEqual(deleted);
    expect(await test.repository.getDomainIdByName(everybody, domain.name, all)).toBe(domain.id);
  });
});
