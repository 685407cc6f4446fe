import { Misuse } from '@holdfast/errors';
import type { Allowlist, Field, Operand } from '../field.js';
import { capitalised, type NamedAllowlist, namedAllowlists } from '../named-allowlists.js';
import { graphqlTypeOf, isGraphqlEnum } from './graphql-type-of.js';

export interface GraphqlSearchArgs {
  /** The name of the node's type, e.g. `Session`. All types that are declared begin with it. */
  readonly name: string;
}

/**
 * The types of a search in the schema definition language: `SessionFilter` with the operators of each field, `SessionOrder`,
 * `SessionConnection` and `SessionEdge`, and the filters of what relations lead to (`SessionKernelsFilter`). The node's
 * own type is the application's. Needs `graphqlScalars` and `graphqlPageTypes` in the same schema.
 */
export function graphqlSearchTypes(allowlist: Allowlist, { name }: GraphqlSearchArgs): string {
  const named = namedAllowlists(allowlist, name);
  const types = [...named.values()].flatMap((one) => filterTypes(one, named));
  if (hasOrder(allowlist)) types.push(...orderTypes(allowlist, name));
  types.push(
    block('type', `${name}Connection`, [
      `edges: [${name}Edge!]!`,
      `nodes: [${name}!]!`,
      'pageInfo: PageInfo!',
      '"Null unless asked for."',
      'totalCount: Int',
      '"Whether there are no more than totalCount."',
      'totalCountIsExact: Boolean',
    ]),
    block('type', `${name}Edge`, [`node: ${name}!`, 'cursor: String!']),
  );
  const twice = firstTwice(types.map((type) => /\b(?:enum|input|type) (\w+)/.exec(type)![1]!));
  if (twice !== undefined) throw new Misuse(`Two fields of ${name} would both have the type ${twice}.`);
  return `${types.join('\n\n')}\n`;
}

/** Whether anything can be ordered by: GraphQL has no empty types. */
export function hasOrder({ fields }: Allowlist): boolean {
  return [...fields.values()].some(({ order }) => order !== null);
}

type Named = ReadonlyMap<Allowlist, NamedAllowlist>;

function filterTypes({ name, allowlist }: NamedAllowlist, named: Named): readonly string[] {
  const filterable = [...allowlist.fields.values()].filter(({ operators }) => operators.size > 0);
  const filter = `${name}Filter`;
  const members = filterable.map((field) => `${field.name}: ${operatorsName(name, field)}`);
  const groups = [`and: [${filter}!]`, `or: [${filter}!]`, `not: ${filter}`];
  return [
    block('input', filter, [...members, ...groups]),
    ...filterable.flatMap((field) => fieldTypes(name, field, named)),
  ];
}

function fieldTypes(name: string, field: Field, named: Named): readonly string[] {
  const enumName = `${name}${capitalised(field.name)}Value`;
  const operands = [...field.operators];
  const members = operands.map(
    ([operator, operand]) =>
      `${operator}: ${graphqlTypeOf(operand, enumName, (behind) => `${named.get(behind)!.name}Filter`)}`,
  );
  const types = [block('input', operatorsName(name, field), members)];
  const values = operands.map(([, operand]) => valuesOf(operand)).find((one) => one !== null) ?? null;
  if (values !== null) types.push(block('enum', enumName, values));
  return types;
}

/** The values of an enum, or null where they are none, or no names of GraphQL. */
function valuesOf(operand: Operand): readonly string[] | null {
  return isGraphqlEnum(operand) ? operand.values : null;
}

function orderTypes({ fields }: Allowlist, name: string): readonly string[] {
  const ordered = [...fields.values()].filter(({ order }) => order !== null).map((field) => field.name);
  return [
    block('input', `${name}Order`, [
      `by: ${name}OrderField!`,
      'direction: OrderDirection! = ASC',
      'nulls: NullPlacement',
    ]),
    block('enum', `${name}OrderField`, ordered),
  ];
}

function operatorsName(name: string, field: Field): string {
  return `${name}${capitalised(field.name)}Operators`;
}

function block(keyword: string, name: string, members: readonly string[]): string {
  return `${keyword} ${name} {\n${members.map((member) => `  ${member}\n`).join('')}}`;
}

function firstTwice(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}
