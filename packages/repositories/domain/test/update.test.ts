import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OptionalState, TriState } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { DomainAlreadyExists, type DomainInfo } from '../src/index.js';
import { type DomainDatabase, domainDatabase } from './fixture/domain-database.js';
import { everybody, spec } from './fixture/domains.js';

let test: DomainDatabase;
beforeAll(async () => void (test = await domainDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE domains'));

describe('update', () => {
  let domain: DomainInfo;
  beforeEach(async () => void (domain = await test.repository.create(everybody, spec({ description: 'old' }))));

  it.each([null, undefined, 5, 'x', []])('refuses %p, which is no change', async (change) => {
    const refused = { reason: 'INVALID_VALUE', pointer: '' };
    const target = [domain.name];
    await expect(test.repository.update(everybody, domain.name, change as never)).rejects.toMatchObject(refused);
    await expect(test.repository.batchUpdate(everybody, target, change as never)).rejects.toMatchObject(refused);
  });

  it('says which value must be there where null is none', async () => {
    const refused = { reason: 'MISSING_VALUE', httpStatus: 400, pointer: '/isActive' };
    const change = { isActive: null } as never;
    await expect(test.repository.update(everybody, domain.name, change)).rejects.toMatchObject(refused);
    await expect(test.repository.batchUpdate(everybody, [domain.name], change)).rejects.toMatchObject(refused);
  });

  it.each([{ cpu: '-1' }, OptionalState.update({ cpu: 'many' }), 5])(
    'refuses %p as what it may have of resources',
    async (slots) => {
      const change = { totalResourceSlots: slots as never };
      await expect(test.repository.update(everybody, domain.name, change)).rejects.toMatchObject({
        reason: 'INVALID_VALUE',
        pointer: expect.stringMatching(/^\/totalResourceSlots/) as never,
      });
    },
  );

  it('changes what is given, as values or as states, and leaves what is absent', async () => {
    const totalResourceSlots = resourceSlot({ cpu: 8 });
    const updated = await test.repository.update(everybody, domain.name, {
      description: TriState.nullify(),
      isActive: OptionalState.update(false),
      integrationId: TriState.nop(),
      totalResourceSlots,
      allowedVfolderHosts: { 'local:a': ['mount-in-session'] },
    });

    expect(updated).toEqual({
      ...domain,
      description: null,
      isActive: false,
      totalResourceSlots,
      allowedVfolderHosts: { 'local:a': ['mount-in-session'] },
      modifiedAt: updated.modifiedAt,
    });
    expect(await test.repository.get(everybody, domain.name)).toEqual(updated);
  });

  it('refuses a description that is too long with status 400', async () => {
    const failure = test.repository.update(everybody, domain.name, { description: 'x'.repeat(513) });

    await expect(failure).rejects.toMatchObject({ httpStatus: 400 });
  });

  it.each([{ name: 'other' }, { id: '0' }, { isDefault: true }, { deletedAt: null }])(
    'refuses to change %j this way, got around the compiler',
    async (change) => {
      const failure = test.repository.update(everybody, domain.name, change as never);

      await expect(failure).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: `/${Object.keys(change)[0]}` });
    },
  );
});

describe('restore', () => {
  it('brings a deleted domain back under its name, which nobody could take meanwhile', async () => {
    const domain = await test.repository.create(everybody, spec());
    const deleted = await test.repository.delete(everybody, domain.name);
    await expect(test.repository.create(everybody, { name: domain.name })).rejects.toBeInstanceOf(DomainAlreadyExists);

    const restored = await test.repository.restore(everybody, domain.name);

    expect(deleted.deletedAt).toBeInstanceOf(Date);
    expect(restored).toEqual({ ...domain, modifiedAt: restored.modifiedAt });
  });
});
