import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { graphqlSync } from 'graphql';
import { type Cursor, type Page, toConnection } from '../src/index.js';
import { GraphqlDoor } from './fixture/graphql-door.js';
import { bookFields } from './fixture/shelf.js';

/** A page that counts how often its cursors were asked for. */
function pageOf(cursors: readonly string[] = ['c1', 'c2']): {
  readonly page: Page<{ name: string }>;
  signed(): number;
} {
  let signed = 0;
  const sign = (): readonly Cursor[] => {
    signed++;
    return cursors as readonly Cursor[];
  };
  const page = {
    items: [{ name: 'a' }, { name: 'b' }],
    total: { value: 2, exact: false },
    hasNextPage: true,
    hasPreviousPage: false,
    get startCursor() {
      return sign()[0] ?? null;
    },
    get endCursor() {
      return sign().at(-1) ?? null;
    },
    get cursors() {
      return sign();
    },
  };
  return { page, signed: () => signed };
}

const { schema } = new GraphqlDoor(bookFields);

function asked(selection: string, page: Page<{ name: string }>): unknown {
  const { data, errors } = graphqlSync({
    schema,
    source: `{ search { ${selection} } }`,
    rootValue: { search: () => toConnection(page) },
  });
  if (errors !== undefined) throw errors[0]!.originalError ?? errors[0]!;
  return JSON.parse(JSON.stringify(data)) as unknown;
}

describe('a connection', () => {
  it('gives what Relay clients ask for', () => {
    const selection = `edges { node { name } cursor } nodes { name } totalCount totalCountIsExact
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
    const { page } = pageOf();
    const whole = {
      edges: [
        { node: { name: 'a' }, cursor: 'c1' },
        { node: { name: 'b' }, cursor: 'c2' },
      ],
      nodes: [{ name: 'a' }, { name: 'b' }],
      totalCount: 2,
      totalCountIsExact: false,
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'c1', endCursor: 'c2' },
    };
    expect(asked(selection, page)).toEqual({ search: whole });
    expect(JSON.parse(JSON.stringify(toConnection(page)))).toEqual(whole);
  });

  it('has no cursors and no total where there are none', () => {
    const page = { ...pageOf([]).page, items: [], total: null };
    expect(asked('edges { cursor } totalCount totalCountIsExact pageInfo { startCursor endCursor }', page)).toEqual({
      search: {
        edges: [],
        totalCount: null,
        totalCountIsExact: null,
        pageInfo: { startCursor: null, endCursor: null },
      },
    });
  });

  it('signs no cursor that nobody asks for', () => {
    const { page, signed } = pageOf();
    asked('nodes { name } totalCount pageInfo { hasNextPage }', page);
    expect(signed()).toBe(0);
  });

  it('has no edges without cursors', () => {
    const { page } = pageOf([]);
    expect(() => asked('edges { cursor }', page)).toThrow(Misuse);
    expect(asked('nodes { name }', page)).toEqual({ search: { nodes: [{ name: 'a' }, { name: 'b' }] } });
  });
});
