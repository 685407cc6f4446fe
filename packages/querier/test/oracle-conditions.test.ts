import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matches, type Surroundings } from './oracle/matches.js';
import type { OracleWorld } from './oracle/oracle-entity.js';
import { arbitraryComparison, arbitraryCondition } from './specimen/arbitrary-condition.js';
import { arbitraryWorld } from './specimen/arbitrary-world.js';
import { keyOf, matchingKeys } from './specimen/matching-keys.js';
import { type SpecimenDatabase, specimenDatabase } from './specimen/specimen-database.js';
import { maker, part, specimen, type SpecimenEntity } from './specimen/specimens.js';

let database: SpecimenDatabase;

beforeAll(async () => {
  database = await specimenDatabase();
});

afterAll(() => database.close());

const around = (world: OracleWorld): Surroundings => ({
  world,
  visible: (_, row) => (row['deletedAt'] ?? null) === null,
});

/** What the oracle says of the same question. */
function foretold(world: OracleWorld, entity: SpecimenEntity, condition: unknown): readonly string[] {
  const met = world[entity.name]!.filter((row) => matches(around(world), entity, row, condition));
  return met.map((row) => keyOf(entity, row)).sort();
}

/** Holds PostgreSQL against the oracle, over many worlds. */
async function expectForetold(
  entity: SpecimenEntity,
  condition: fc.Arbitrary<unknown>,
  { conditions, worlds }: { readonly conditions: number; readonly worlds: number },
): Promise<void> {
  const many = fc.array(condition, { minLength: 1, maxLength: conditions, size: 'max' });
  await fc.assert(
    fc.asyncProperty(arbitraryWorld, many, async (world, asked) => {
      const found = await database.within(world, (run) => matchingKeys(run, entity, asked));
      const wrong = asked
        .map((condition, index) => ({ condition, found: found[index]!, foretold: foretold(world, entity, condition) }))
        .filter((one) => one.found.join() !== one.foretold.join());
      expect(wrong).toEqual([]);
    }),
    { numRuns: worlds },
  );
}

/** The columns whose operators say most, and all. */
const columns: readonly (readonly [kinds: string, properties: readonly string[]])[] = [
  ['texts', ['name', 'title', 'label']],
  ['documents', ['facts', 'notes', 'documents']],
  ['every kind', Object.keys(specimen.columns)],
];

describe('a compiled condition', () => {
  it.each(columns)('on %s matches the rows that the oracle foretells, whatever the operator', async (_, properties) => {
    const picked = properties.map((property) => [property, specimen.columns[property]!] as const);
    const comparison = arbitraryComparison({ ...specimen, columns: Object.fromEntries(picked) });
    await expectForetold(specimen, comparison, { conditions: 100, worlds: 100 });
  });

  it.each([specimen, maker, part])(
    'matches the rows of each $name that the oracle foretells, however groups and relations are nested',
    async (entity) => {
      await expectForetold(entity, arbitraryCondition(entity), { conditions: 25, worlds: 60 });
    },
  );
});
