import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { raced } from '@holdfast/testing';
import { ExecutionAlreadyExists } from '../src/index.js';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { alice, blue, inBlue, inRed, red, spec } from './fixture/executions.js';

let test: ExecutionDatabase;
beforeAll(async () => void (test = await executionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE executions CASCADE'));

describe('create', () => {
  it('schedules one', async () => {
    const created = await test.repository.create(inBlue, {
      name: 'first',
      description: 'the first one',
      metadata: { seed: 7 },
      tags: { team: 'a' },
    });

    expect(created).toMatchObject({
      domainName: blue,
      name: 'first',
      description: 'the first one',
      userUuid: alice,
      parentId: null,
      status: 'SCHEDULED',
      startedAt: null,
      endedAt: null,
      metadata: { seed: 7 },
      tags: { team: 'a' },
      statusChangedAt: created.createdAt,
      deletedAt: null,
    });
    expect(await test.repository.get(inBlue, created.id)).toEqual(created);
  });

  it('asks for the domain if neither scope nor spec give one', async () => {
    const failure = test.repository.create(unscoped('an import'), { name: 'first' });

    await expect(failure).rejects.toMatchObject({ reason: 'MISSING_VALUE', pointer: '/domainName' });
  });

  it('refuses an empty name', async () => {
    const failure = test.repository.create(inBlue, { name: '' });

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/name' });
  });

  it('refuses a name that is taken in the domain, and no other', async () => {
    await test.repository.create(inBlue, spec(blue, { name: 'first' }));

    const failure: unknown = await test.repository.create(inBlue, { name: 'first' }).catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(ExecutionAlreadyExists);
    expect(failure).toMatchObject({ code: 'execution_create_already-exists', httpStatus: 409 });
    expect(await test.repository.create(inRed, spec(red, { name: 'first' }))).toMatchObject({ name: 'first' });
  });

  it('lets parts of another have any name', async () => {
    const experiment = await test.repository.create(inBlue, { name: 'experiment' });
    const run = { name: 'run', parentId: experiment.id };
    const runs = await test.repository.bulkCreate(inBlue, [run, run]);

    expect(runs.map(({ parentId }) => parentId)).toEqual([experiment.id, experiment.id]);
  });

  it('refuses a parent of another user', async () => {
    const theirs = await test.repository.create(inRed, { name: 'experiment' });

    const failure = test.repository.create(inBlue, { name: 'run', parentId: theirs.id });

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/parentId' });
  });

  it.each([
    ['/tags', { tags: { n: 1 as never } }],
    ['/tags', { tags: [] as never }],
    ['/metadata', { metadata: 'text' as never }],
  ])('refuses what is no %s', async (pointer, values) => {
    const failure = test.repository.create(inBlue, { name: 'run', ...values });

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer });
  });

  it('points to what is missing, got around the compiler', async () => {
    const nameless = test.repository.create(inBlue, { name: null as never });
    await expect(nameless).rejects.toMatchObject({ reason: 'MISSING_VALUE', pointer: '/name' });
  });

  it('gives a name to one caller only, however many ask for it at once, and not always to the same', async () => {
    const winners = new Set<number>();
    for (let round = 0; round < 20; round++) {
      const name = `wanted ${round}`;
      const create = () => test.repository.create(inBlue, { name });
      const outcomes = await raced(round, [create, create, create, create]);

      const refusals = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      );
      expect(refusals).toHaveLength(3);
      for (const refusal of refusals) expect(refusal).toBeInstanceOf(ExecutionAlreadyExists);
      winners.add(outcomes.findIndex(({ status }) => status === 'fulfilled'));
    }
    expect(winners.size).toBeGreaterThan(1);
    expect(await test.rows()).toHaveLength(20);
  });
});
