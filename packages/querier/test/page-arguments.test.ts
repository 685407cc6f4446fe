import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type BatchQuerier, openApiSearchBody } from '../src/index.js';
import { refusal } from './fixture/refusal.js';
import { type BookRow, bookFields } from './fixture/shelf.js';

const members: readonly (readonly [string, unknown])[] = [
  ['first', 5],
  ['after', 'c'],
  ['last', 5],
  ['before', 'c'],
  ['limit', 5],
  ['offset', 5],
];

/** Every combination of members that are absent, given, or null. */
const combinations = members.reduce<readonly Readonly<Record<string, unknown>>[]>(
  (all, [name, value]) => all.flatMap((one) => [one, { ...one, [name]: value }, { ...one, [name]: null }]),
  [{}],
);

function answerOf(read: () => BatchQuerier<BookRow>): BatchQuerier<BookRow> | readonly [string, string] {
  let answer: BatchQuerier<BookRow> | null = null;
  const refused = refusal(() => (answer = read()));
  return refused ?? answer!;
}

describe('each combination of arguments of a page', () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(openApiSearchBody(bookFields));
  const whole = (page: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(page).filter(([, value]) => value !== null));

  it('is accepted in a body exactly if its schema does', () => {
    const accepted = combinations.filter((page) => !Array.isArray(answerOf(() => bookFields.parseSearchBody(page))));
    expect(accepted).toEqual(combinations.filter((page) => validate(page)));
    expect(
      accepted.map(whole).filter((page, index, all) => all.findIndex((one) => equal(one, page)) === index),
    ).toEqual([
      {},
      { limit: 5 },
      { limit: 5, offset: 5 },
      { last: 5 },
      { last: 5, before: 'c' },
      { first: 5 },
      { first: 5, after: 'c' },
    ]);
  });

  it('means in GraphQL what it means in a body without its nulls', () => {
    for (const page of combinations) {
      expect(answerOf(() => bookFields.parseGraphql(page))).toEqual(
        answerOf(() => bookFields.parseSearchBody(whole(page))),
      );
    }
  });

  it('means in a query string what it means in a body', () => {
    for (const page of combinations.filter((one) => equal(one, whole(one)))) {
      const parameters = new URLSearchParams(page as Record<string, string>);
      const inBody = answerOf(() => bookFields.parseSearchBody(page));
      const expected = Array.isArray(inBody) ? [inBody[0], (inBody[1] as string).slice(1)] : inBody;
      expect(answerOf(() => bookFields.parseSearch(parameters))).toEqual(expected);
    }
  });
});

function equal(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
