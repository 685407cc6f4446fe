import { describe, expect, it } from '@jest/globals';
import { and, compileCondition, defaultLimits, not, or, type QueryCondition, SqlWriter, where } from '../src/index.js';
import { everything } from '../src/scope/everything.js';
import { thing, type Thing } from './fixture/thing.js';

function compiled(condition: QueryCondition<Thing>): readonly [sql: string, ...values: (string | null)[]] {
  const writer = new SqlWriter();
  return [compileCondition(thing, condition, everything, writer, defaultLimits), ...writer.values];
}

const named = (name: string): QueryCondition<Thing> => where<Thing>({ name: { eq: name } });

describe('a condition as SQL', () => {
  it('ANDs columns and operators of one level', () => {
    expect(compiled({ rank: { gte: 1, lt: 9 }, name: { eq: 'a' } })).toEqual([
      '"name" = $1::text AND "rank" >= $2::int4 AND "rank" < $3::int4',
      'a',
      '1',
      '9',
    ]);
  });

  it('keeps groups as they are nested', () => {
    expect(compiled(and(or(named('a'), and(named('b'), { rank: { eq: 1 } })), or(named('c'), named('d'))))).toEqual([
      '((("name" = $1::text) OR (("name" = $2::text AND "rank" = $3::int4))) AND (("name" = $4::text) OR ("name" = $5::text)))',
      'a',
      'b',
      '1',
      'c',
      'd',
    ]);
  });

  it('keeps an OR in brackets beside other columns', () => {
    expect(compiled({ rank: { eq: 1 }, or: [named('a'), named('b')] })[0]).toBe(
      '(("name" = $1::text) OR ("name" = $2::text)) AND "rank" = $3::int4',
    );
  });

  it('is two-valued in what it negates', () => {
    expect(compiled(not(named('a')))[0]).toBe('("name" = $1::text) IS NOT TRUE');
    expect(compiled({ name: { ne: 'a' } })[0]).toBe('"name" IS DISTINCT FROM $1::text');
    expect(compiled({ name: { notIn: ['a'] } })[0]).toBe('("name" = ANY($1::text[])) IS NOT TRUE');
  });

  it('has the same text whatever the order of its names', () => {
    expect(compiled({ name: { eq: 'a' }, rank: { lt: 1, gt: 0 } })).toEqual(
      compiled({ rank: { gt: 0, lt: 1 }, name: { eq: 'a' } }),
    );
  });

  it('has the same text for lists of any length', () => {
    expect(compiled({ rank: { in: [] } })).toEqual(['"rank" = ANY($1::int4[])', '{}']);
    expect(compiled({ rank: { in: [1, 2, 3] } })).toEqual(['"rank" = ANY($1::int4[])', '{1,2,3}']);
  });

  it.each([
    ['contains', '"name" LIKE $1::text', '%50\\%\\_\\\\%'],
    ['startsWith', '"name" ^@ $1::text', '50%_\\'],
    ['endsWith', '"name" LIKE $1::text', '%50\\%\\_\\\\'],
    ['icontains', '"name" ILIKE $1::text', '%50\\%\\_\\\\%'],
    ['istartsWith', '"name" ILIKE $1::text', '50\\%\\_\\\\%'],
    ['iendsWith', '"name" ILIKE $1::text', '%50\\%\\_\\\\'],
    ['ieq', 'lower("name") = lower(CASE WHEN FALSE THEN "name" ELSE $1::text END)', '50%_\\'],
  ])('takes wildcards literally in %s', (operator, sql, value) => {
    expect(compiled({ name: { [operator]: '50%_\\' } })).toEqual([sql, value]);
  });

  describe('that says nothing', () => {
    it.each<[string, QueryCondition<Thing>]>([
      ['{}', {}],
      ['an empty and', and()],
      ['an and of nothing', and({})],
      ['an and of ands of nothing', and(and(), { and: [and({})] })],
      ['an or with nothing among others', or(named('a'), {})],
      ['not nothing at all', not(or())],
      ['not an AND that cannot be', not({ name: { eq: 'a' }, or: [] })],
      ['not not everything', not(not({}))],
    ])('is TRUE and has no values: %s', (_name, condition) => expect(compiled(condition)).toEqual(['TRUE']));

    it.each<[string, QueryCondition<Thing>]>([
      ['an empty or', or()],
      ['an or of empty ors', or(or(), or())],
      ['not everything', not({})],
      ['an and with an empty or among others', and(named('a'), or())],
      ['a column beside an empty or', { name: { eq: 'a' }, or: [] }],
    ])('is FALSE and has no values where it can match nothing: %s', (_name, condition) =>
      expect(compiled(condition)).toEqual(['FALSE']),
    );

    it('leaves the values of what comes before and after in place', () => {
      expect(compiled(or(named('a'), and(named('b'), or()), named('c')))).toEqual([
        '(("name" = $1::text) OR ("name" = $2::text))',
        'a',
        'c',
      ]);
    });
  });

  it('never has a value in its text', () => {
    const canary = `x'); DROP TABLE things; --"`;
    const [sql, ...values] = compiled({
      name: { eq: canary, in: [canary], contains: canary, startsWith: canary },
      tags: { has: canary, hasAny: [canary] },
      facts: { contains: { [canary]: canary }, hasKey: canary },
    });
    expect(sql).not.toContain('DROP');
    expect(values).toHaveLength(8);
  });
});
