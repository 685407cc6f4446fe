import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { defaultLimits, type FieldDefinitions, fields, graphqlSearchTypes } from '../src/index.js';
import { operatorsOfType } from '../src/fields/field-type.js';
import { operatorOf } from '../src/condition/operators.js';
import { bookFields } from './fixture/shelf.js';

type Row = Record<string, string>;

const defined = (definitions: object, options?: object): unknown =>
  fields<Row, string>(definitions as FieldDefinitions<Row, string>, options);

describe('a field set', () => {
  it.each<[string, object]>([
    ['has a type that there is not', { a: { type: 'string' } }],
    ['has a type that is inherited', { a: { type: 'constructor' } }],
    ['has no type', { a: {} }],
    ['has an operator that there is not', { a: { type: 'text', operators: ['like'] } }],
    ['asks for a part of a number', { a: { type: 'integer', operators: ['contains'] } }],
    ['asks whether true is less', { a: { type: 'boolean', operators: ['lt'] } }],
    ['compares a document as a whole', { a: { type: 'json', operators: ['eq'] } }],
    ['asks for a key of a text', { a: { type: 'text', operators: ['hasKey'] } }],
    ['has operators of a list and of a text', { a: { type: 'text', operators: ['eq', 'has'] } }],
    ['has an operator twice', { a: { type: 'text', operators: ['eq', 'eq'] } }],
    ['has operators that are no list', { a: { type: 'text', operators: 'eq' } }],
    ['asks for a part of known values', { a: { type: 'text', values: ['x'], operators: ['contains'] } }],
    ['has values of a number', { a: { type: 'integer', values: ['1'], operators: ['eq'] } }],
    ['has no values', { a: { type: 'text', values: [], operators: ['eq'] } }],
    ['has a value twice', { a: { type: 'text', values: ['x', 'x'] } }],
    ['has a value that no column holds', { a: { type: 'text', values: ['\0'] } }],
    ['orders by a document', { a: { type: 'json', order: true } }],
    ['orders by a list', { a: { type: 'text', operators: ['has'], order: true } }],
    ['orders by nothing', { a: { type: 'text', order: '' } }],
    ['orders by SQL', { a: { type: 'text', order: { sql: 'now()', type: 'text' } } }],
    ['says of its values neither yes nor no', { a: { type: 'text', selected: 'no' } }],
    ['stands for a group', { a: { type: 'text', column: 'or' } }],
    ['stands for no property', { a: { type: 'text', column: '' } }],
    [
      'has operators of both kinds of relation',
      { a: { relation: 'a', operators: ['is', 'some'], fields: () => bookFields } },
    ],
    ['has no operators of a relation', { a: { relation: 'a', operators: [], fields: () => bookFields } }],
    ['has operators of a column for a relation', { a: { relation: 'a', operators: ['eq'], fields: () => bookFields } }],
    ['knows no fields behind a relation', { a: { relation: 'a', operators: ['some'], fields: bookFields } }],
    ...[
      'and',
      'or',
      'not',
      'null',
      'true',
      '__typename',
      'constructor',
      'toString',
      'a-b',
      'a.b',
      'a:b',
      '1a',
      '',
      'é',
    ].map((name): [string, object] => [`is named ${name}`, { [name]: { type: 'text' } }]),
  ])('that %s is no definition', (_, definitions) => {
    expect(() => defined(definitions)).toThrow(Misuse);
  });

  it.each([{ maxPageSize: 0 }, { maxDepth: 1.5 }, { maxNodes: NaN }, { maxListLength: '5' }])(
    'has no limits such as %j',
    (limits) => expect(() => defined({}, limits)).toThrow(Misuse),
  );

  it.each(Object.entries(defaultLimits))('promises no %s above the %d that every search is held to', (name, most) => {
    expect(() => defined({}, { [name]: most + 1 })).toThrow(`The limit ${name} is a whole number from 1 to ${most}.`);
    expect(() => defined({}, { [name]: most })).not.toThrow();
  });

  it('knows no operator that columns do not', () => {
    const known = Object.values(operatorsOfType).flat();
    expect(known.filter((operator) => operatorOf(operator) === undefined)).toEqual([]);
  });

  it('cannot be changed', () => {
    expect(
      [bookFields, bookFields.definitions, bookFields.limits, bookFields.fields.get('title')].every(Object.isFrozen),
    ).toBe(true);
  });

  it('says so when GraphQL would have two types of one name', () => {
    const set = fields<Row>({ name: { type: 'text', operators: ['eq'] }, Name: { type: 'text', operators: ['eq'] } });
    expect(() => graphqlSearchTypes(set, { name: 'Thing' })).toThrow('ThingNameOperators');
  });
});
