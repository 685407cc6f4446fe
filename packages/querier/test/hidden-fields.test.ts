import { describe, expect, it } from '@jest/globals';
import { assemblePage, compileSearch, CursorCodec, fields, unscoped } from '../src/index.js';
import { type BookRow, bookShape } from './fixture/shelf.js';

const ID = '0190a5d6-4f10-7c3a-9d2e-8b6f5a4c3d2e';
const cursors = new CursorCodec({ keys: ['a secret of at least 32 characters'] });

/** What can be read in the cursor of a book that is found by an order. */
function readable(of: ReturnType<typeof fields<BookRow>>): string {
  const querier = of.parseSearch(new URLSearchParams({ order: 'title' }));
  const statement = compileSearch(bookShape, unscoped('a test'), querier, { restriction: null, cursors });
  const page = assemblePage(statement, { items: ['a book'], positions: [['Emma', ID]], leads: [] });
  return page.cursors[0]!.split('.')
    .map((part) => Buffer.from(part, 'base64url').toString())
    .join(' ');
}

describe('a field that callers may not see', () => {
  const title = { type: 'text', order: true } as const;

  it('cannot be read in a cursor, though only the order’s end has it', () => {
    expect(readable(fields<BookRow>({ title }))).toContain(ID);
    expect(readable(fields<BookRow>({ title, id: { type: 'uuid', selected: false } }))).not.toMatch(/Emma|0190a5d6/);
  });

  it('hides the cursors of its set through every face, whatever is ordered by', () => {
    const hiding = fields<BookRow>({ title, stock: { type: 'bigint', operators: ['gt'], selected: false } });
    const open = fields<BookRow>({ title, stock: { type: 'bigint', operators: ['gt'] } });
    for (const [set, confidential] of [
      [hiding, true],
      [open, false],
    ] as const) {
      const queriers = [set.parseSearch(new URLSearchParams()), set.parseSearchBody({}), set.parseGraphql({})];
      expect(queriers.map((querier) => querier.confidential)).toEqual([confidential, confidential, confidential]);
    }
  });
});
