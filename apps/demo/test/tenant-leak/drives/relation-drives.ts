import type { ManyOperators, OneOperators } from '@holdfast/querier';
import type { Condition } from './columns.js';

/** The relations of an entity: the property, and a condition on the row behind by what it must hold. */
export interface Relations {
  readonly one: Readonly<Record<string, string>>;
  readonly many: Readonly<Record<string, string>>;
}

type RelationDrive = (relations: Relations, secret: string) => readonly Condition[];

const behind =
  (kind: keyof Relations, operator: string, operands: (text: string, secret: string) => readonly unknown[]) =>
  (relations: Relations, secret: string): readonly Condition[] =>
    Object.entries(relations[kind]).flatMap(([relation, text]) =>
      operands(text, secret).map((operand) => ({ [relation]: { [operator]: operand } })),
    );

const aimed = (text: string, secret: string): readonly Condition[] => [
  {},
  { [text]: { eq: secret } },
  { or: [{ [text]: { startsWith: 'canary' } }, { not: { [text]: { eq: 'nobody' } } }] },
];

/** Conditions that only rows of theirs behind one's own meet, one for each relation. */
export function behindConditions({ one, many }: Relations, secret: string): readonly Condition[] {
  const met = (operator: string, relations: Readonly<Record<string, string>>): readonly Condition[] =>
    Object.entries(relations).map(([relation, text]) => ({ [relation]: { [operator]: { [text]: { eq: secret } } } }));
  return [...met('is', one), ...met('some', many)];
}

/** Each operator on relations, aimed at foreign rows behind one's own. One that is missing here does not compile. */
export const relationDrives: Readonly<Record<keyof OneOperators<object> | keyof ManyOperators<object>, RelationDrive>> =
  {
    is: behind('one', 'is', aimed),
    exists: behind('one', 'exists', () => [true, false]),
    some: behind('many', 'some', aimed),
    none: behind('many', 'none', aimed),
    every: behind('many', 'every', aimed),
  };
