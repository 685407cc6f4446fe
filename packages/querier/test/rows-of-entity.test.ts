import { expect, it } from '@jest/globals';
import { ownRows, rowsOfEntity } from '../src/index.js';
import { thing } from './fixture/thing.js';

it('the rows of an entity with a table of its own are all that there are', () => {
  expect(rowsOfEntity(ownRows(thing))).toBe('TRUE');
});

it('the kinds of rows in a shared table are constants, whatever they are called and the server is set to', () => {
  const shared = { ...thing, kinds: { sql: '"kind"', values: ['car', "it's", 'a\\b', "\\'; --"] } };

  expect(rowsOfEntity(ownRows(shared))).toBe(`"kind" IN ('car', 'it''s', E'a\\\\b', E'\\\\''; --')`);
  expect(rowsOfEntity(ownRows(shared, '"v"'))).toMatch(/^"v"\."kind" IN \(/);
});
