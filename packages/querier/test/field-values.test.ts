import { describe, expect, it } from '@jest/globals';
import { compileSearch, entityShape, fields, unscoped } from '../src/index.js';
import { refusal } from './fixture/refusal.js';

interface Row {
  id: string;
  big: string;
  exact: string;
  at: Date;
  day: string;
  time: string;
  doc: unknown;
  whole: number;
  real: number;
}

const shape = entityShape<Row>({
  name: 'Row',
  table: 'rows',
  columns: {
    id: { type: 'uuid', primary: true },
    big: { type: 'bigint' },
    exact: { type: 'numeric' },
    at: { type: 'timestamptz' },
    day: { type: 'date' },
    time: { type: 'time' },
    doc: { type: 'jsonb' },
    whole: { type: 'int' },
    real: { type: 'float8' },
  },
});
const rowFields = fields<Row>({
  id: { type: 'uuid', operators: ['eq'] },
  big: { type: 'bigint', operators: ['eq', 'in'] },
  exact: { type: 'decimal', operators: ['eq'] },
  at: { type: 'timestamp', operators: ['eq', 'in'] },
  day: { type: 'date', operators: ['eq'] },
  time: { type: 'time', operators: ['eq'] },
  doc: { type: 'json', operators: ['contains', 'hasKey', 'at'] },
  whole: { type: 'integer', operators: ['eq'] },
  real: { type: 'number', operators: ['eq'] },
});

/** What a value in JSON is read as, and what the statement binds. */
function read(field: string, value: unknown, operator = 'eq'): readonly [unknown, unknown] {
  const querier = rowFields.parseSearchBody({ filter: { [field]: { [operator]: value } }, limit: 1 });
  const { values } = compileSearch(shape, unscoped('a test'), querier, { restriction: null, cursors: null });
  const condition = querier.conditions[0] as Record<string, Record<string, unknown>>;
  return [condition[field]![operator], values[0]];
}

describe('a value of a request', () => {
  it.each<[string, unknown, unknown, unknown]>([
    ['big', '9223372036854775807', '9223372036854775807', '9223372036854775807'],
    ['big', '-0', '0', '0'],
    ['big', 5, '5', '5'],
    ['exact', '0.10', '0.10', '0.10'],
    ['exact', 10, '10', '10'],
    ['at', '2024-02-29T12:30:15.5+02:00', new Date('2024-02-29T10:30:15.500Z'), '2024-02-29T10:30:15.500Z'],
    ['at', '2024-02-29T12:30:15.1234+02:00', '2024-02-29T10:30:15.1234Z', '2024-02-29T10:30:15.1234Z'],
    ['at', '2024-02-29T23:59:59.999999-01:00', '2024-03-01T00:59:59.999999Z', '2024-03-01T00:59:59.999999Z'],
    ['day', '2024-02-29', '2024-02-29', '2024-02-29'],
    ['time', '12:30', '12:30', '12:30'],
    ['whole', -0, 0, '0'],
    ['real', 1e300, 1e300, '1e+300'],
  ])('of %s %j is %j, and bound as %j', (field, value, expected, bound) => {
    const [condition, parameter] = read(field, value);
    expect(Object.is(condition, expected) || condition instanceof Date).toBe(true);
    expect([condition, parameter]).toEqual([expected, bound]);
  });

  it('is a Date or a bigint where a scalar of GraphQL made one of it', () => {
    const filter = { at: { eq: new Date(5) }, big: { in: [2n ** 63n - 1n] } };
    expect(rowFields.parseGraphql({ filter }).conditions).toEqual([
      { at: { eq: new Date(5) }, big: { in: ['9223372036854775807'] } },
    ]);
    expect(refusal(() => rowFields.parseGraphql({ filter: { at: { eq: new Date(NaN) } } }))?.[0]).toBe('INVALID_VALUE');
  });

  it('is a document of which the request keeps nothing', () => {
    const document = { a: [1, { b: null }] };
    const path = { path: ['a', 0], gte: 1 };
    const { conditions } = rowFields.parseSearchBody({ filter: { doc: { contains: document, at: path } } });
    expect(conditions).toEqual([{ doc: { contains: document, at: path } }]);
    expect([document, document.a, path, path.path].some(Object.isFrozen)).toBe(false);
    expect(read('doc', document, 'contains')[1]).toBe('{"a":[1,{"b":null}]}');
  });

  it('may be anything JSON in a query string where it is a document', () => {
    const parse = (text: string): unknown => rowFields.parseSearch(new URLSearchParams(text)).conditions;
    expect(parse('filter[doc][contains]={"a":1}')).toEqual([{ doc: { contains: { a: 1 } } }]);
    expect(parse('filter[doc][contains]="a"')).toEqual([{ doc: { contains: 'a' } }]);
    expect(parse('filter[doc][at]={"path":["a"],"in":[null]}')).toEqual([{ doc: { at: { path: ['a'], in: [null] } } }]);
    expect(parse('filter[doc][hasKey]=a')).toEqual([{ doc: { hasKey: 'a' } }]);
    expect(parse('filter[real][eq]=-1.5e-3')).toEqual([{ real: { eq: -0.0015 } }]);
    expect(refusal(() => parse('filter[doc][contains]=a'))).toEqual(['INVALID_JSON', 'filter[doc][contains]']);
    expect(refusal(() => parse('filter[doc][contains]=null'))).toEqual(['INVALID_VALUE', 'filter[doc][contains]']);
    expect(refusal(() => parse('filter[doc][at]={"path":["a"],"lt":[]}'))).toEqual([
      'INVALID_VALUE',
      'filter[doc][at]/lt',
    ]);
  });

  it('names the part of a path that is wrong', () => {
    const at = (json: unknown): unknown => refusal(() => rowFields.parseCondition({ doc: { at: json } }));
    expect(at({ path: ['a', 1.5], eq: 1 })).toEqual(['INVALID_VALUE', '/doc/at/path/1']);
    expect(at({ path: ['a'], in: [1, '\0'] })).toEqual(['INVALID_VALUE', '/doc/at/in/1']);
    expect(at({ path: ['a'] })).toEqual(['MISSING_VALUE', '/doc/at']);
    expect(at({ eq: 1 })).toEqual(['MISSING_VALUE', '/doc/at/path']);
    expect(at({ path: ['a'], 'x/y': 1 })).toEqual(['UNKNOWN_OPERATOR', '/doc/at/x~1y']);
    expect(at({ path: ['a'], in: Array(1_001).fill(1) })).toEqual(['LIMIT_EXCEEDED', '/doc/at/in']);
  });
});
