import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { batchQuerier, type Page } from '@holdfast/querier';
import { StickyNoteConditions, stickyNoteFields, type StickyNoteInfo, StickyNoteOrders } from '../src/index.js';
import type { StickyNoteRow } from '../src/sticky-note-row.js';
import { type StickyNoteDatabase, stickyNoteDatabase } from './fixture/sticky-note-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/sticky-notes.js';

let test: StickyNoteDatabase;
beforeAll(async () => void (test = await stickyNoteDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sticky_notes'));

const names = ({ items }: Page<StickyNoteInfo>): string[] => items.map(({ name }) => name);

describe('search', () => {
  beforeEach(async () => {
    await test.repository.bulkCreate(inBlue, [
      spec(blue, { name: 'a', description: 'of blue' }),
      spec(blue, { name: 'b' }),
    ]);
    await test.repository.create(inRed, spec(red, { name: 'a', description: 'of red' }));
    const [first] = (await search({ conditions: [StickyNoteConditions.nameEquals('a')] })).items;
    await test.repository.updateStatus(inBlue, first!.id, 'ACTIVE');
  });

  const search = (args: Partial<Parameters<typeof batchQuerier<StickyNoteRow>>[0]>): Promise<Page<StickyNoteInfo>> =>
    test.repository.search(
      inBlue,
      batchQuerier<StickyNoteRow>({
        orders: [StickyNoteOrders.name()],
        pagination: { noPagination: true },
        total: 'exact',
        ...args,
      }),
    );

  it('sees and counts those of the scope and no others', async () => {
    const page = await search({});

    expect(names(page)).toEqual(['a', 'b']);
    expect(page.total).toEqual({ value: 2, exact: true });
  });

  it.each([
    ['name', StickyNoteConditions.nameEquals('b'), ['b']],
    ['part of the name', StickyNoteConditions.nameContains('B', { caseInsensitive: true }), ['b']],
    ['status', StickyNoteConditions.statusIn(['ACTIVE', 'ARCHIVED']), ['a']],
    ['creation', StickyNoteConditions.createdBefore(new Date('2000-01-01')), []],
  ])('filters by %s', async (_name, condition, expected) => {
    expect(names(await search({ conditions: [condition] }))).toEqual(expected);
  });

  it.each(Object.entries(StickyNoteOrders))('orders by %s', async (_name, by) => {
    const ascending = names(await search({ orders: [by()] }));

    expect(names(await search({ orders: [by({ ascending: false })] }))).toEqual([...ascending].reverse());
  });

  it('answers requests, and tells nobody of other domains', async () => {
    const parameters = new URLSearchParams('filter[description][isNull]=true&order=-name&first=10');

    expect(names(await test.repository.search(inBlue, stickyNoteFields.parseSearch(parameters)))).toEqual(['b']);
    expect(() => stickyNoteFields.parseSearch(new URLSearchParams('filter[domainName][eq]=red'))).toThrow(
      expect.objectContaining({ reason: 'UNKNOWN_FIELD' }),
    );
  });
});
