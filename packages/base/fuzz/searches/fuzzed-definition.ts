import type { FieldSet } from '@holdfast/querier';

/** The definition of a field, of whatever kind it is. */
export interface FuzzedDefinition {
  readonly column?: string;
  readonly relation?: string;
  readonly fields?: () => FieldSet<never>;
  readonly order?: unknown;
}

/** How a field was defined. */
export function fuzzedDefinition({ definitions }: FieldSet<never>, name: string): FuzzedDefinition {
  return (definitions as Readonly<Record<string, FuzzedDefinition>>)[name]!;
}
