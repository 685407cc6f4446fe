import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { everyRow } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { unscoped, where } from '@holdfast/querier';
import { SessionAlreadyExists, SessionConditions, type SessionInfo } from '../src/index.js';
import type { SessionRow } from '../src/session-row.js';
import { addKernel } from './fixture/kernels.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

let mine: readonly SessionInfo[];
let foreign: SessionInfo;
beforeEach(async () => {
  const names = ['a', 'b', 'c'];
  mine = await test.repository.bulkCreate(
    ofAlice,
    names.map((name) => spec(alice, { name })),
  );
  foreign = await test.repository.create(ofBob, spec(bob, { name: 'a' }));
});

const anyName = SessionConditions.nameIn(['a', 'b']);
const ids = (...sessions: readonly (SessionInfo | undefined)[]): SessionInfo['id'][] => sessions.map((one) => one!.id);

// What each does to the rows that it means; the rest of its behaviour is the same.
const operations = {
  batchUpdate: (...[scope, target]: Parameters<SessionDatabase['repository']['batchDelete']>) =>
    test.repository.batchUpdate(scope, target, { priority: 99 }),
  batchDelete: (...[scope, target]: Parameters<SessionDatabase['repository']['batchDelete']>) =>
    test.repository.batchDelete(scope, target),
  batchPurge: (...[scope, target]: Parameters<SessionDatabase['repository']['batchDelete']>) =>
    test.repository.batchPurge(scope, target),
};
const touched = async (): Promise<string[]> => {
  const all = [...mine, foreign];
  const now = await test.repository.loadMany(unscoped('a test'), ids(...all), { includeDeleted: true });
  return all
    .filter((session, i) => now[i] === null || now[i]!.priority === 99 || now[i]!.deletedAt !== null)
    .map(({ id }) => id);
};

describe.each(Object.keys(operations) as (keyof typeof operations)[])('%s', (name) => {
  const operation = operations[name];

  it('acts on the ids that are there and in the scope, and counts them', async () => {
    const target = ids(mine[0], mine[2], foreign);

    expect(await operation(ofAlice, target)).toEqual({ count: 2 });
    expect(await touched()).toEqual(ids(mine[0], mine[2]));
  });

  it('acts on what matches in the scope, and counts it', async () => {
    expect(await operation(ofAlice, anyName)).toEqual({ count: 2 });
    expect(await touched()).toEqual(ids(mine[0], mine[1]));
  });

  it('acts on every row of the scope only if that is said', async () => {
    await expect(operation(ofAlice, where<SessionRow>({}))).rejects.toBeInstanceOf(InvalidInput);
    expect(await touched()).toEqual([]);

    expect(await operation(ofAlice, everyRow('a reset'))).toEqual({ count: 3 });
    expect(await touched()).toEqual(ids(...mine));
  });

  it('acts on nothing for no ids', async () => {
    expect(await operation(ofAlice, [])).toEqual({ count: 0 });
    expect(await touched()).toEqual([]);
  });

  it('acts on the rows of everybody where no scope is meant', async () => {
    expect(await operation(unscoped('maintenance'), anyName)).toEqual({ count: 3 });
  });
});

describe('batchUpdate', () => {
  it('changes none if the change would give two sessions one name', async () => {
    const failure = test.repository.batchUpdate(ofAlice, anyName, { name: 'same' });

    await expect(failure).rejects.toBeInstanceOf(SessionAlreadyExists);
    expect((await test.rows()).map(({ name }) => name)).toEqual(['a', 'a', 'b', 'c']);
  });

  it('refuses a change of nothing', async () => {
    await expect(test.repository.batchUpdate(ofAlice, anyName, {})).rejects.toMatchObject({ reason: 'MISSING_VALUE' });
  });

  it('refuses to change to whom sessions belong, got around the compiler', async () => {
    const change = { userUuid: bob.userUuid } as never;

    await expect(test.repository.batchUpdate(ofAlice, anyName, change)).rejects.toMatchObject({
      reason: 'UNKNOWN_FIELD',
    });
  });

  it('leaves deleted sessions alone', async () => {
    await test.repository.delete(ofAlice, mine[0]!.id);

    expect(await test.repository.batchUpdate(ofAlice, ids(mine[0]), { priority: 1 })).toEqual({ count: 0 });
  });
});

describe('batchPurge', () => {
  it('removes deleted sessions too, and the kernels of all', async () => {
    await addKernel(test.dataSource, mine[1]!);
    await test.repository.delete(ofAlice, mine[0]!.id);

    expect(await test.repository.batchPurge(ofAlice, anyName)).toEqual({ count: 2 });
    expect(await test.dataSource.query('SELECT FROM kernels')).toEqual([]);
  });
});
