import { type RelatedScope, type SearchScope, searchScope } from '../../src/index.js';
import type { OracleRow } from '../oracle/oracle-entity.js';
import type { SpecimenEntity } from './specimens.js';

/** The scope of one rank, and behind relations too, as far as conditions go: what is of another rank is not there. */
export function rankScope(entity: SpecimenEntity, rank: number, depth = 5): SearchScope<OracleRow> {
  const relations = depth === 0 ? [] : Object.entries(entity.relations);
  const related = relations.map(([property, { target }]): [string, RelatedScope<OracleRow>] => [
    property,
    rankScope(target, rank, depth - 1),
  ]);
  return searchScope<OracleRow>({
    name: 'rank',
    equals: { rank } as never,
    related: Object.fromEntries(related) as never,
  });
}
