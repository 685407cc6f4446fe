import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { domainName, resourceSlot } from '@holdfast/domain-types';
import { OutsideScope } from '@holdfast/querier';
import { DomainAlreadyExists, domainScope } from '../src/index.js';
import { type DomainDatabase, domainDatabase } from './fixture/domain-database.js';
import { everybody, spec } from './fixture/domains.js';

let test: DomainDatabase;
beforeAll(async () => void (test = await domainDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE domains'));

describe('create', () => {
  it('returns the domain as data, with the defaults: active, and not the default', async () => {
    const domain = await test.repository.create(everybody, { name: domainName('north') });

    expect(domain).toEqual({
      name: 'north',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      description: null,
      isActive: true,
      isDefault: false,
      totalResourceSlots: {},
      allowedVfolderHosts: {},
      allowedDockerRegistries: [],
      integrationId: null,
      createdAt: domain.modifiedAt,
      modifiedAt: expect.any(Date),
      deletedAt: null,
    });
    expect(await test.repository.get(everybody, domain.name)).toEqual(domain);
  });

  it('keeps every value that it is given, and freezes what it returns all the way down', async () => {
    const values = {
      ...spec(),
      description: 'x'.repeat(512),
      isActive: false,
      totalResourceSlots: resourceSlot({ cpu: 96, 'cuda.shares': '1.5' }),
      allowedVfolderHosts: { 'local:volume1': ['create-vfolder', 'mount-in-session'], 'nfs:b': [] },
      allowedDockerRegistries: ['cr.example.org', 'a,b "c"'],
      integrationId: 'crm-7',
    };

    const domain = await test.repository.create(everybody, values);

    expect(domain).toMatchObject(values);
    const { allowedVfolderHosts, allowedDockerRegistries, totalResourceSlots } = domain;
    const parts = [
      domain,
      allowedVfolderHosts,
      allowedVfolderHosts['nfs:b'],
      allowedDockerRegistries,
      totalResourceSlots,
    ];
    expect(parts.every(Object.isFrozen)).toBe(true);
  });

  it('takes the name from the scope, and no other one', async () => {
    const north = domainScope(domainName('north'));

    await expect(test.repository.create(north, spec())).rejects.toBeInstanceOf(OutsideScope);
    expect(await test.repository.create(north, {})).toMatchObject({ name: 'north' });
  });

  it('asks for a name if neither scope nor spec give one', async () => {
    const failure = test.repository.create(everybody, {});

    await expect(failure).rejects.toMatchObject({ reason: 'MISSING_VALUE', pointer: '/name' });
  });

  it('refuses a name that is taken, be it by a deleted domain, and an id that is', async () => {
    const { name, id } = await test.repository.create(everybody, spec());
    await test.repository.delete(everybody, name);

    for (const taken of [spec({ name }), spec({ id })]) {
      const failure: unknown = await test.repository.create(everybody, taken).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DomainAlreadyExists);
      expect(failure).toMatchObject({ code: 'domain_create_already-exists', httpStatus: 409 });
    }
    expect(await test.rows()).toHaveLength(1);
  });

  it.each(['', '-a', 'a.', 'a b', 'x'.repeat(65)])('refuses the name %j before anything is sent', async (name) => {
    const failure = test.repository.create(everybody, spec({ name: name as never }));

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_ID', pointer: '/name' });
  });

  it('makes no default: what is no part of a new domain is refused, and not dropped', async () => {
    await expect(test.repository.create(everybody, { ...spec(), isDefault: true } as never)).rejects.toMatchObject({
      reason: 'UNKNOWN_FIELD',
      pointer: '/isDefault',
    });
  });

  it.each([null, undefined, 5, 'x', []])('refuses %p, which is no domain, and says where it is', async (given) => {
    const bad = given as never;
    const refused = { reason: 'INVALID_VALUE', pointer: '' };
    const good = spec();

    await expect(test.repository.create(everybody, bad)).rejects.toMatchObject(refused);
    await expect(test.repository.bulkCreate(everybody, [good, bad])).rejects.toMatchObject({
      ...refused,
      pointer: '/1',
    });
    const { successes, failures } = await test.repository.bulkCreatePartial(everybody, [good, bad, spec()]);
    expect(successes).toHaveLength(2);
    expect(failures).toMatchObject([{ index: 1, spec: given, error: refused }]);
  });

  it.each([null, undefined, 5, 'x', {}])('refuses %p, which is no list', async (given) => {
    const refused = { reason: 'INVALID_VALUE', pointer: '' };
    await expect(test.repository.bulkCreate(everybody, given as never)).rejects.toMatchObject(refused);
    await expect(test.repository.bulkCreatePartial(everybody, given as never)).rejects.toMatchObject(refused);
  });

  it.each([null, 5, { cpu: '-1' }, { cpu: null }])('refuses %p as what it may have of resources', async (slots) => {
    const created = test.repository.create(everybody, spec({ totalResourceSlots: slots as never }));
    await expect(created).rejects.toMatchObject({
      reason: 'INVALID_VALUE',
      pointer: expect.stringMatching(/^\/totalResourceSlots/) as never,
    });
  });

  it.each([
    ['', null],
    ['', []],
    ['', 'local:a'],
    ['/', { '': [] }],
    ['/local:a', { 'local:a': 'mount-in-session' }],
    ['/local:a', { 'local:a': null }],
    ['/local~1a/1', { 'local/a': ['mount-in-session', 5] }],
    ['/local:a/0', { 'local:a': [''] }],
  ])('refuses what is wrong with %s of its hosts of virtual folders: %j', async (path, hosts) => {
    const refused = { reason: 'INVALID_VALUE', pointer: `/allowedVfolderHosts${path}` };
    const given = { allowedVfolderHosts: hosts as never };

    await expect(test.repository.create(everybody, spec(given))).rejects.toMatchObject(refused);
    const { name } = await test.repository.create(everybody, spec());
    await expect(test.repository.update(everybody, name, given)).rejects.toMatchObject(refused);
    await expect(test.repository.batchUpdate(everybody, [name], given)).rejects.toMatchObject(refused);
  });
});
