import fc from 'fast-check';
import type { FieldSet } from '@holdfast/querier';
import { arbitraryCondition } from './arbitrary-condition.js';
import { arbitraryPage } from './arbitrary-page.js';
import { owner, thing } from './fuzzed-entities.js';
import { ownerFields, thingFields } from './fuzzed-fields.js';
import { mostly } from '../mostly.js';
import { anyJson, anyName } from './odd-values.js';
import { fieldVocabulary, type Vocabulary } from './vocabulary.js';

export type EntityName = 'thing' | 'owner';

/** What a search in any form says: parts that are right, but for something odd here and there. */
export interface SearchParts {
  readonly entity: EntityName;
  readonly filter: unknown;
  /** `name`, `-name:nullsFirst` … */
  readonly order: unknown;
  readonly page: Readonly<Record<string, unknown>>;
  readonly total: unknown;
  /** A member that there is not, or null. */
  readonly stray: readonly [string, unknown] | null;
}

const ofAny = (fields: unknown): FieldSet<never> => fields as FieldSet<never>;

export const fieldSets = { thing: ofAny(thingFields), owner: ofAny(ownerFields) };

const vocabularies = { thing: fieldVocabulary(fieldSets.thing, thing), owner: fieldVocabulary(fieldSets.owner, owner) };

function orderOf({ orders }: Vocabulary): fc.Arbitrary<unknown> {
  const one = fc
    .tuple(fc.constantFrom('', '-'), fc.constantFrom(...orders), fc.constantFrom('', ':nullsFirst', ':nullsLast'))
    .map((parts) => parts.join(''));
  const odd = fc.oneof(anyName, anyJson, fc.constantFrom('-', ':nullsFirst', '--name', 'name:nullsfirst', 'name desc'));
  return mostly(fc.uniqueArray(mostly(one, odd), { maxLength: 3 }), odd);
}

function partsOf(entity: EntityName): fc.Arbitrary<SearchParts> {
  const vocabulary = vocabularies[entity];
  return fc.record({
    entity: fc.constant(entity),
    filter: arbitraryCondition(vocabulary, anyJson),
    order: orderOf(vocabulary),
    page: arbitraryPage(anyJson),
    total: mostly(fc.constantFrom<unknown>(undefined, 'none', 'exact', 1, 5, 1_000_000), anyJson),
    stray: mostly(fc.constant(null), fc.tuple(anyName, anyJson)) as fc.Arbitrary<SearchParts['stray']>,
  });
}

export const arbitrarySearch: fc.Arbitrary<SearchParts> = fc.oneof(
  { weight: 5, arbitrary: partsOf('thing') },
  { weight: 1, arbitrary: partsOf('owner') },
);
