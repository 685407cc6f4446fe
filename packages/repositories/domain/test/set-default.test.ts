import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationAlreadyDone, operationKey, OperationKeyReused } from '@holdfast/base';
import { domainName } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { gate, untilWaiting } from '@holdfast/testing';
import { DomainIsDefault, DomainNotFound, domainScope } from '../src/index.js';
import { type DomainDatabase, domainDatabase } from './fixture/domain-database.js';
import { everybody, nobody } from './fixture/domains.js';

const [north, south, east] = [domainName('north'), domainName('south'), domainName('east')];

let test: DomainDatabase;
beforeAll(async () => void (test = await domainDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.dataSource.query('TRUNCATE domains');
  await test.repository.bulkCreate(
    everybody,
    [north, south, east].map((name) => ({ name })),
  );
});

const defaults = async (): Promise<readonly string[]> => {
  const rows: { name: string }[] = await test.dataSource.query('SELECT name FROM domains WHERE is_default');
  return rows.map(({ name }) => name);
};

describe('setDefault', () => {
  it('makes the first default, and hands it over from then on', async () => {
    expect(await test.repository.findDefaultDomain(everybody)).toBeNull();

    expect(await test.repository.setDefault(everybody, north)).toMatchObject({ name: north, isDefault: true });
    const now = await test.repository.setDefault(everybody, south);

    expect(await test.repository.findDefaultDomain(everybody)).toEqual(now);
    expect(await defaults()).toEqual([south]);
    expect(await test.repository.setDefault(everybody, south)).toMatchObject({ name: south, isDefault: true });
    expect(await defaults()).toEqual([south]);
  });

  it('leaves the default as it is where there is no such domain, or it is deleted', async () => {
    await test.repository.setDefault(everybody, north);
    await test.repository.delete(everybody, south);

    for (const name of [nobody, south]) {
      await expect(test.repository.setDefault(everybody, name)).rejects.toBeInstanceOf(DomainNotFound);
      expect(await defaults()).toEqual([north]);
    }
  });

  it('leaves exactly one default of many callers at once, with and without one before', async () => {
    for (let round = 0; round < 50; round++) {
      if (round % 2 === 0) await test.dataSource.query('UPDATE domains SET is_default = false');

      const swaps = await Promise.all(
        [north, south, east, south].map((name) => test.repository.setDefault(everybody, name)),
      );

      expect(swaps.map(({ name, isDefault }) => [name, isDefault])).toEqual([
        [north, true],
        [south, true],
        [east, true],
        [south, true],
      ]);
      expect(await defaults()).toHaveLength(1);
    }
  });

  it('is done once under one operation key, which is bound to the domain', async () => {
    const options = { operationKey: operationKey('request-1') };
    await test.repository.setDefault(everybody, south, options);
    await test.repository.setDefault(everybody, north);

    await expect(test.repository.setDefault(everybody, south, options)).rejects.toBeInstanceOf(OperationAlreadyDone);
    await expect(test.repository.setDefault(everybody, east, options)).rejects.toBeInstanceOf(OperationKeyReused);
    expect(await defaults()).toEqual([north]);
  });

  it('is refused in the scope of a tenant, which would be told of others', async () => {
    await test.repository.setDefault(everybody, north);

    for (const scope of [domainScope(south), [domainScope(south)]]) {
      await expect(test.repository.setDefault(scope as never, south)).rejects.toBeInstanceOf(Misuse);
    }
    expect(await defaults()).toEqual([north]);
  });

  it('is part of a running unit of work, and undone with it', async () => {
    await test.repository.setDefault(everybody, north);
    const failing = test.database.beginSession(async (dbSession) => {
      await test.repository.within(dbSession).setDefault(everybody, south);
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await defaults()).toEqual([north]);
  });

  it('is refused where it could not see what others have just committed', async () => {
    const inSnapshot = test.database.beginSession(
      (dbSession) => test.repository.within(dbSession).setDefault(everybody, south),
      { isolation: 'repeatable read' },
    );

    await expect(inSnapshot).rejects.toThrow(/read committed/);
  });
});

describe('the default domain', () => {
  beforeEach(() => test.repository.setDefault(everybody, north));

  it('is seen by who may see it, and by nobody else', async () => {
    expect(await test.repository.findDefaultDomain(domainScope(north))).toMatchObject({ name: north });
    expect(await test.repository.findDefaultDomain(domainScope(south))).toBeNull();
  });

  it.each([
    ['delete', () => test.repository.delete(everybody, north)],
    ['batchDelete', () => test.repository.batchDelete(everybody, [south, north])],
    ['purge', () => test.repository.purge(everybody, north)],
    ['batchPurge', () => test.repository.batchPurge(everybody, [south, north])],
    [
      'purge within a dbSession within a dbSession',
      () =>
        test.database.beginSession((outer) =>
          outer.savepoint((inner) => test.repository.within(outer).within(inner).purge(everybody, north)),
        ),
    ],
  ])('is not taken away by %s', async (name, take) => {
    const before = await test.rows();

    const failure: unknown = await take().catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(DomainIsDefault);
    const code = /delete/i.test(name) ? 'domain_soft-delete_conflict' : 'domain_purge_conflict';
    expect(failure).toMatchObject({ code, httpStatus: 409 });
    expect(await test.rows()).toEqual(before);
  });

  it('can go once another is it', async () => {
    await test.repository.setDefault(everybody, south);

    await expect(test.repository.purge(everybody, north)).resolves.toMatchObject({ name: north, isDefault: false });
  });

  describe('in a race between a swap and the end of the domain that would become it', () => {
    const west = domainName('west');
    const ends = ['purge', 'delete'] as const;
    beforeEach(() => test.repository.create(everybody, { name: west }));

    /** Both of it: which of the two succeeded, that the other was refused, and that there is one default. */
    const judged = async (swapping: Promise<unknown>, ending: Promise<unknown>): Promise<'swap' | 'end'> => {
      const [swapped, ended] = await Promise.allSettled([swapping, ending]);
      expect([swapped.status, ended.status].sort()).toEqual(['fulfilled', 'rejected']);
      if (swapped.status === 'rejected') expect(swapped.reason).toBeInstanceOf(DomainNotFound);
      if (ended.status === 'rejected') expect(ended.reason).toBeInstanceOf(DomainIsDefault);
      expect(await defaults()).toEqual([swapped.status === 'rejected' ? north : west]);
      return swapped.status === 'fulfilled' ? 'swap' : 'end';
    };

    it('is there whoever is faster', async () => {
      for (let round = 0; round < 50; round++) {
        await judged(test.repository.setDefault(everybody, west), test.repository[ends[round % 2]!](everybody, west));
        await test.repository.setDefault(everybody, north);
        await test.dataSource.query(`DELETE FROM domains WHERE name = 'west'`);
        await test.repository.create(everybody, { name: west });
      }
    });

    it.each(ends)('is the new one where the %s comes later', async (operation) => {
      const [swapped, letGo] = [gate(), gate()];
      const swapping = test.database.beginSession(async (dbSession) => {
        await test.repository.within(dbSession).setDefault(everybody, west);
        swapped.open();
        await letGo.opened;
      });
      await swapped.opened;
      const ending = test.repository[operation](everybody, west);
      await untilWaiting(test.dataSource, ending);
      letGo.open();

      expect(await judged(swapping, ending)).toBe('swap');
    });

    it.each(ends)('is the old one where the %s is first', async (operation) => {
      const [ended, letGo] = [gate(), gate()];
      const ending = test.database.beginSession(async (dbSession) => {
        await test.repository.within(dbSession)[operation](everybody, west);
        ended.open();
        await letGo.opened;
      });
      await ended.opened;
      const swapping = test.repository.setDefault(everybody, west);
      await untilWaiting(test.dataSource, swapping);
      letGo.open();

      expect(await judged(swapping, ending)).toBe('end');
    });
  });
});
