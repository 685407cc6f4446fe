import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type GraphQLEnumType, type GraphQLInputObjectType, type GraphQLNamedType } from 'graphql';
import {
  fields,
  graphqlSearchArguments,
  type JsonSchema,
  openApiPage,
  openApiParameters,
  openApiSearchBody,
} from '../src/index.js';
import { GraphqlDoor } from './fixture/graphql-door.js';
import { authorFields, bookFields } from './fixture/shelf.js';
import type { Allowlist } from '../src/fields/field.js';

const at = '#/components/schemas/BookSearch';
const door = new GraphqlDoor(bookFields);
const graphqlType = (name: string): GraphQLNamedType => door.schema.getType(name)!;
const membersOf = (name: string): string[] => Object.keys((graphqlType(name) as GraphQLInputObjectType).getFields());

/** Fields that can be filtered by, with their operators. */
const operatorsOf = ({ fields: listed }: Allowlist): Record<string, string[]> =>
  Object.fromEntries(
    [...listed.values()]
      .filter(({ operators }) => operators.size > 0)
      .map((one) => [one.name, [...one.operators.keys()]]),
  );
const ordered = ['title', 'price', 'bought', 'cost', 'authorName'];
const sets: readonly (readonly [string, Allowlist])[] = [
  ['', bookFields],
  ['Author', authorFields],
];

describe('what is declared of a field set', () => {
  it.each(sets)('in GraphQL is each field with each operator, and nothing else: %s', (path, fieldSet) => {
    const expected = operatorsOf(fieldSet);
    expect(membersOf(`Thing${path}Filter`)).toEqual([...Object.keys(expected), 'and', 'or', 'not']);
    for (const [field, operators] of Object.entries(expected)) {
      const name = `Thing${path}${field.charAt(0).toUpperCase()}${field.slice(1)}Operators`;
      expect(membersOf(name)).toEqual(operators);
    }
  });

  it('in GraphQL has the types of its values', () => {
    const typeOf = (name: string, member: string): string =>
      String((graphqlType(name) as GraphQLInputObjectType).getFields()[member]!.type);
    const valuesOf = (name: string): string[] =>
      (graphqlType(name) as GraphQLEnumType).getValues().map((one) => one.name);
    expect(typeOf('ThingGenreOperators', 'in')).toBe('[ThingGenreValue!]');
    expect(valuesOf('ThingGenreValue')).toEqual(['NOVEL', 'poem']);
    expect(typeOf('ThingShelfOperators', 'eq')).toBe('String');
    expect(typeOf('ThingStockOperators', 'in')).toBe('[BigInt!]');
    expect(typeOf('ThingPriceOperators', 'isNull')).toBe('Boolean');
    expect(typeOf('ThingBoughtOperators', 'gte')).toBe('DateTime');
    expect(typeOf('ThingFactsOperators', 'at')).toBe('JsonPathOperators');
    expect(typeOf('ThingAuthorOperators', 'is')).toBe('ThingAuthorFilter');
    expect(typeOf('ThingAuthorBooksOperators', 'some')).toBe('ThingFilter');
    expect(valuesOf('ThingOrderField')).toEqual(ordered);
    expect(membersOf('ThingOrder')).toEqual(['by', 'direction', 'nulls']);
    expect(membersOf('ThingConnection')).toEqual(['edges', 'nodes', 'pageInfo', 'totalCount', 'totalCountIsExact']);
    const mine = Object.keys(door.schema.getTypeMap()).filter((name) => name.startsWith('Thing'));
    expect(mine).toHaveLength(
      ['Thing', 'ThingOrder', 'ThingOrderField', 'ThingConnection', 'ThingEdge', 'ThingGenreValue'].length +
        sets.length +
        sets.reduce((sum, [, set]) => sum + Object.keys(operatorsOf(set)).length, 0),
    );
  });

  it('in OpenAPI is one parameter for each field and operator, and those of every search', () => {
    const names = openApiParameters(bookFields, { at }).map(({ name }) => name);
    expect(names).toEqual([
      ...Object.entries(operatorsOf(bookFields)).flatMap(([field, operators]) =>
        operators.map((operator) => `filter[${field}][${operator}]`),
      ),
      ...['filter', 'order', 'first', 'after', 'last', 'before', 'limit', 'offset', 'total'],
    ]);
  });

  it.each([
    ['Condition', bookFields],
    ['ConditionAuthor', authorFields],
  ] as const)('in the schema of a body is each field with each operator: %s', (name, fieldSet) => {
    const body = openApiSearchBody(fieldSet === bookFields ? fieldSet : bookFields);
    const properties = definition(body, name)['properties'] as Record<string, JsonSchema>;
    const { and, or, not, ...declared } = properties;
    expect([and, or, not]).not.toContain(undefined);
    expect(
      Object.fromEntries(
        Object.entries(declared).map(([field, schema]) => [field, Object.keys(schema['properties'] as object)]),
      ),
    ).toEqual(operatorsOf(fieldSet));
    expect(Object.keys(body['$defs'] as object)).toEqual(['Condition', 'ConditionAuthor']);
  });

  it('in OpenAPI describes an operand in a parameter as in a body', () => {
    const condition = definition(openApiSearchBody(bookFields, { at }), 'Condition');
    const properties = condition['properties'] as Record<string, { properties: Record<string, JsonSchema> }>;
    let compared = 0;
    for (const parameter of openApiParameters(bookFields, { at })) {
      const match = /^filter\[(\w+)\]\[(\w+)\]$/.exec(parameter.name);
      if (match === null) continue;
      const schema = 'schema' in parameter ? parameter.schema : parameter.content['application/json'].schema;
      expect(schema).toEqual(properties[match[1]!]!.properties[match[2]!]);
      const isList = (schema as { type?: unknown }).type === 'array';
      expect('style' in parameter ? [parameter.style, parameter.explode] : null).toEqual(
        isList ? ['form', false] : null,
      );
      compared++;
    }
    expect(compared).toBe(Object.values(operatorsOf(bookFields)).flat().length);
  });

  it('in OpenAPI refers to what stands at its place', () => {
    const document = {
      $id: 'https://example.org/openapi.json',
      components: { schemas: { BookSearch: openApiSearchBody(bookFields, { at }) } },
    };
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false });
    ajv.addKeyword('components');
    ajv.addSchema(document);
    for (const parameter of openApiParameters(bookFields, { at })) {
      if ('schema' in parameter) {
        expect(typeof ajv.compile(parameter.schema)).toBe('function');
        continue;
      }
      const reference = parameter.content['application/json'].schema['$ref'];
      if (typeof reference === 'string') {
        const validate = ajv.getSchema(`${document.$id}${reference}`)!;
        expect(validate({ nothing: { eq: 1 } })).toBe(false);
        expect(validate({})).toBe(true);
      }
    }
    const search = ajv.getSchema(`${document.$id}${at}`)!;
    const filter = { author: { is: { books: { some: { title: { eq: 'x' } } } } } };
    expect(search({ filter, order: ['-cost:nullsLast'] })).toBe(true);
    expect(search({ filter: { author: { is: { books: { some: { cost: { eq: 1 } } } } } } })).toBe(false);
  });

  it('has no orders where nothing is ordered by', () => {
    const plain = fields<{ a: string }>({ a: { type: 'text', operators: ['eq'] } });
    expect(graphqlSearchArguments(plain, { name: 'Plain' })).not.toContain('order');
    expect(openApiParameters(plain, { at }).map(({ name }) => name)).not.toContain('order');
    expect(new GraphqlDoor(plain).searchByVariables({ order: [] })).toBe('refused');
  });

  it('describes pages as they are sent', () => {
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(openApiPage({ type: 'object' }));
    const page = {
      items: [{}],
      total: { value: 1, exact: true },
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: 'c',
      endCursor: 'c',
      cursors: ['c'],
    };
    expect(validate(page)).toBe(true);
    expect(validate({ ...page, items: [], total: null, startCursor: null, endCursor: null, cursors: [] })).toBe(true);
    expect(validate({ ...page, items: ['x'] })).toBe(false);
  });
});

function definition(body: JsonSchema, name: string): JsonSchema {
  return (body['$defs'] as Record<string, JsonSchema>)[name]!;
}
