import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { raced } from '@holdfast/testing';
import { StickyNoteAlreadyExists } from '../src/index.js';
import { type StickyNoteDatabase, stickyNoteDatabase } from './fixture/sticky-note-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/sticky-notes.js';

let test: StickyNoteDatabase;
beforeAll(async () => void (test = await stickyNoteDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sticky_notes'));

describe('create', () => {
  it('makes a draft', async () => {
    const created = await test.repository.create(inBlue, { name: 'first', description: 'the first one' });

    expect(created).toMatchObject({
      domainName: blue,
      name: 'first',
      description: 'the first one',
      status: 'DRAFT',
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

    expect(failure).toBeInstanceOf(StickyNoteAlreadyExists);
    expect(failure).toMatchObject({ code: 'sticky-note_create_already-exists', httpStatus: 409 });
    expect(await test.repository.create(inRed, spec(red, { name: 'first' }))).toMatchObject({ name: 'first' });
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
      for (const refusal of refusals) expect(refusal).toBeInstanceOf(StickyNoteAlreadyExists);
      winners.add(outcomes.findIndex(({ status }) => status === 'fulfilled'));
    }
    expect(winners.size).toBeGreaterThan(1);
    expect(await test.rows()).toHaveLength(20);
  });
});
