import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import {
  checkChangesStayInside,
  compileScope,
  OutsideScope,
  type QueryCondition,
  type Scope,
  type SearchScope,
  searchScope,
  SqlWriter,
  stampedValues,
} from '../src/index.js';
import { type Thing, thing } from './fixture/thing.js';

type OwningColumns = Pick<Thing, never> & { readonly tenant?: string; readonly rank?: number; readonly name?: string };

const among = (where: QueryCondition<Thing>, equals: OwningColumns = {}): SearchScope<Thing> =>
  searchScope<Thing>({ name: 'test', equals, where });
const tenant = searchScope<Thing>({ name: 'tenant', equals: { tenant: 'a' } });

const compiled = (scope: Scope<Thing>): readonly unknown[] => {
  const writer = new SqlWriter();
  return [compileScope(thing, scope, writer), ...writer.values];
};

describe('a scope with conditions', () => {
  it('is both its columns and its conditions, in brackets', () => {
    expect(compiled(among({ or: [{ rank: { eq: 1 } }, { name: { eq: 'x' } }] }, { tenant: 'a' }))).toEqual([
      '("tenant" = $1::text AND (("rank" = $2::int4) OR ("name" = $3::text)))',
      'a',
      '1',
      'x',
    ]);
    expect(compiled([tenant, among({ rank: { gt: 1 } })])).toEqual([
      '(("tenant" = $1::text) OR ("rank" > $2::int4))',
      'a',
      '1',
    ]);
  });

  it.each<[QueryCondition<Thing>]>([[{}], [{ and: [] }], [{ not: { or: [] } }]])(
    'is refused where every row meets them: %j',
    (where) => expect(() => compiled(among(where, { tenant: 'a' }))).toThrow(Misuse),
  );

  it('is nobody’s where nothing meets them', () => {
    expect(compiled(among({ or: [] }, { tenant: 'a' }))).toEqual(['("tenant" = $1::text AND FALSE)', 'a']);
  });

  it('creates nothing', () => {
    expect(() => stampedValues(among({ rank: { eq: 1 } }), { rank: 1 })).toThrow(Misuse);
    expect(() => stampedValues([among({ rank: { eq: 1 } })], { rank: 1 })).toThrow(Misuse);
    expect(() => stampedValues([among({ rank: { eq: 1 } }), tenant], { rank: 1 })).toThrow(OutsideScope);
    expect(stampedValues([among({ rank: { eq: 1 } }), tenant], { tenant: 'a' })).toEqual({ tenant: 'a' });
  });

  it('lets nothing be changed that it asks about, however deep', () => {
    const scope = among({ and: [{ or: [{ not: { rank: { eq: 1 } } }] }], name: { isNull: false } });
    for (const change of [{ rank: 2 }, { name: 'y' }, { name: null }]) {
      expect(() => checkChangesStayInside(thing, scope, change)).toThrow(OutsideScope);
      expect(() => checkChangesStayInside(thing, [tenant, scope], change)).toThrow(OutsideScope);
    }
    expect(() => checkChangesStayInside(thing, scope, { price: '1', rank: undefined })).not.toThrow();
  });

  it('says them', () => {
    const scope = among({ rank: { eq: 1 } }, { tenant: 'a' });
    expect(scope.toConditions()).toEqual([{ tenant: { eq: 'a' } }, { rank: { eq: 1 } }]);
    expect(Object.isFrozen(scope) && Object.isFrozen(scope.where) && Object.isFrozen(scope.related)).toBe(true);
  });

  it.each([[[]], [null], [undefined], ['mine'], [{}], [[tenant, null]], [() => tenant]])(
    'is not made with %p behind a relation',
    (related) => {
      const made = (): unknown =>
        searchScope<Thing>({ name: 'test', equals: { tenant: 'a' }, related: { things: related } as never });
      expect(made).toThrow(Misuse);
    },
  );

  it('keeps what it was made of, however that changes', () => {
    const list = ['x'];
    const scopes = [tenant];
    const related = { things: scopes };
    const scope = searchScope<Thing>({
      name: 'test',
      where: Object.freeze({ name: { in: list } }),
      related: related as never,
    });
    expect(() => list.push('y')).toThrow(TypeError);
    scopes.length = 0;
    delete (related as Partial<typeof related>).things;
    expect(scope.related).toEqual({ things: [tenant] });
    expect(compiled(scope)).toEqual(['("name" = ANY($1::text[]))', '{x}']);
  });
});
