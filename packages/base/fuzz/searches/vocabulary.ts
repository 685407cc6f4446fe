import fc from 'fast-check';
import type { FieldSet } from '@holdfast/querier';
import type { FuzzedColumn } from './fuzzed-column.js';
import { fuzzedDefinition } from './fuzzed-definition.js';
import type { FuzzedEntity } from './fuzzed-entities.js';
import { anyJson, anyName, anyText } from './odd-values.js';
import { bigints, documents, instants, integers, localTimes, paths, texts } from './fuzzed-values.js';

/** A name of a condition with what each of its operators takes. */
export interface Word {
  readonly name: string;
  readonly operators: Readonly<Record<string, fc.Arbitrary<unknown>>>;
}

/** A name that leads to other rows. */
export interface Way {
  readonly name: string;
  readonly operators: readonly string[];
  readonly behind: () => Vocabulary;
}

/** What conditions can be made of. */
export interface Vocabulary {
  readonly words: readonly Word[];
  readonly ways: readonly Way[];
  /** What orders can be by. */
  readonly orders: readonly string[];
}

const lists = ['in', 'notIn', 'iin', 'hasAny', 'hasAll'];
const flags = ['isNull', 'isEmpty', 'exists'];
const patterns = ['contains', 'startsWith', 'endsWith', 'icontains', 'istartsWith', 'iendsWith'];

const few = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.array(value, { maxLength: 4 });
const from = (values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);

/** Right as well, but for what no text of PostgreSQL may hold. */
const orText = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: anyText });

const keys = orText(from(['a', 'b', '', "it's", 'x']));
const document = fc.oneof(
  { weight: 12, arbitrary: from([...documents, null, 1, 1.5, 'x', 'B', [2], { a: {} }]) },
  { weight: 1, arbitrary: anyJson },
);
const part = from([...documents, [2], ['x'], { a: {} }, { c: null }, [{}]]);
const bound = orText(from([0, 1, 1.5, 2, 'x', 'B', '']));
const path = fc.oneof(
  { weight: 12, arbitrary: from(paths) },
  { weight: 1, arbitrary: fc.array(fc.oneof(anyName, fc.integer()), { maxLength: 4 }) },
);

type Step = string | number;

/** What stands in the documents, by where. */
const standing = paths.flatMap((steps) =>
  documents
    .map((document) => steps.reduce(stepInto, document))
    .filter((value) => value !== undefined)
    .map((value) => [steps, value] as const),
);

function stepInto(value: unknown, step: Step): unknown {
  if (Array.isArray(value)) return value.at(Number(step)) as unknown;
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
}

/** A path and something to compare with, which stands there in some document or in none. */
const placed = fc.oneof(fc.constantFrom(...standing), fc.tuple(path, document));

const atPath: fc.Arbitrary<unknown> = fc.oneof(
  fc.tuple(placed, fc.constantFrom('eq', 'ne')).map(([[at, value], operator]) => ({ path: at, [operator]: value })),
  fc.tuple(placed, fc.constantFrom('in', 'notIn'), few(document)).map(([[at, value], operator, others]) => ({
    path: at,
    [operator]: [...(others as unknown[]), value],
  })),
  fc.tuple(path, fc.constantFrom('lt', 'lte', 'gt', 'gte'), bound).map(([at, operator, value]) => ({
    path: at,
    [operator]: value,
  })),
  fc.tuple(path, fc.boolean()).map(([at, exists]) => ({ path: at, exists })),
);

/** What an operator of a column takes, where its values are these. */
function operandOf({ oracle }: FuzzedColumn, operator: string, values: readonly unknown[]): fc.Arbitrary<unknown> {
  if (flags.includes(operator)) return fc.boolean();
  if (oracle.kind === 'json') return operator === 'at' ? atPath : operator === 'hasKey' ? keys : part;
  const whole = patterns.includes(operator) ? from([...texts, ...parts]) : from(values);
  const value = oracle.kind === 'text' ? orText(whole) : whole;
  return lists.includes(operator) ? few(value) : value;
}

const parts = ['', ...texts.map((text) => text.slice(0, 1)), ...texts.map((text) => text.slice(1))];

/** What requests may say of an entity. */
export function fieldVocabulary(fieldSet: FieldSet<never>, entity: FuzzedEntity): Vocabulary {
  const { fields } = fieldSet;
  const words: Word[] = [];
  const ways: Way[] = [];
  for (const { name, property, operators } of fields.values()) {
    const names = [...operators.keys()];
    const relation = entity.relations[property];
    if (relation !== undefined) {
      const { fields: behind } = fuzzedDefinition(fieldSet, name);
      ways.push({ name, operators: names, behind: () => fieldVocabulary(behind!(), relation.target) });
    } else if (names.length > 0) {
      const column = entity.fuzzed[property]!;
      const values = requested(column);
      words.push({ name, operators: byName(names, (operator) => operandOf(column, operator, values)) });
    }
  }
  return { words, ways, orders: [...fields.values()].filter(({ order }) => order !== null).map(({ name }) => name) };
}

/** The values as a request writes them. */
function requested({ oracle, values }: FuzzedColumn): readonly unknown[] {
  if (oracle.kind === 'local') return instants.slice(0, 4);
  return oracle.kind === 'numeric' ? [...values, 0, 1].filter((value) => value !== '1e-20') : values;
}

const equality = ['eq', 'ne', 'in', 'notIn'];
const ranges = ['lt', 'lte', 'gt', 'gte'];

function operatorsOf({ oracle, options }: FuzzedColumn): readonly string[] {
  if (oracle.array) return ['has', 'hasAny', 'hasAll', 'isEmpty', 'isNull'];
  if (options.type === 'json') return ['isNull'];
  if (oracle.kind === 'json') return ['contains', 'hasKey', 'at', 'isNull'];
  if (oracle.kind === 'boolean' || oracle.kind === 'bytes') return [...equality, 'isNull'];
  return [...equality, ...ranges, 'isNull', ...(oracle.kind === 'text' ? [...patterns, 'ieq', 'iin'] : [])];
}

/** Values in all the forms that a program may give them. */
function given({ options, oracle, values }: FuzzedColumn): readonly unknown[] {
  if (oracle.kind === 'instant') return [...instants, '2024-02-29T13:30+01:30', new Date('2024-02-29T12:00:00.123Z')];
  if (oracle.kind === 'local') return [...localTimes, new Date('2024-02-29T12:00:00')];
  if (options.type === 'bigint') return [...bigints, 0, 1, -1n];
  return options.type === 'numeric' ? [...values, 0.1, -1.5, '+.5'] : oracle.kind === 'integer' ? integers : values;
}

/** What a BatchQuerier may say of an entity: everything, hidden columns too. */
export function rowVocabulary(entity: FuzzedEntity): Vocabulary {
  const columns = Object.entries(entity.fuzzed);
  return {
    words: columns.map(([name, column]) => ({
      name,
      operators: byName(operatorsOf(column), (operator) => operandOf(column, operator, given(column))),
    })),
    ways: Object.entries(entity.relations).map(([name, { many, target }]) => ({
      name,
      operators: many ? ['some', 'none', 'every'] : ['is', 'exists'],
      behind: () => rowVocabulary(target),
    })),
    orders: [
      // A program that orders by a secret and does not say so is told it by cursors.
      ...columns
        .filter(([name, { oracle }]) => !oracle.array && oracle.kind !== 'json' && name !== 'secret')
        .map(([name]) => name),
      ...(entity.name === 'thing' ? ['owner.name', 'owner.boss.level'] : ['boss.name', 'boss.boss.level']),
    ],
  };
}

function byName<Value>(names: readonly string[], value: (name: string) => Value): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}
