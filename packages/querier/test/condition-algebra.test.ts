import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { and, not, or, type QueryCondition, textMatch } from '../src/index.js';
import type { OracleRow } from './oracle/oracle-entity.js';
import { arbitraryCondition } from './specimen/arbitrary-condition.js';
import { arbitraryText } from './specimen/arbitrary-text.js';
import { arbitraryWorld } from './specimen/arbitrary-world.js';
import { keyOf, matchingKeys } from './specimen/matching-keys.js';
import { type SpecimenDatabase, specimenDatabase } from './specimen/specimen-database.js';
import { specimen } from './specimen/specimens.js';

type Condition = QueryCondition<OracleRow>;
type Keys = readonly string[];

let database: SpecimenDatabase;

beforeAll(async () => {
  database = await specimenDatabase();
});

afterAll(() => database.close());

const condition = arbitraryCondition(specimen, 2) as fc.Arbitrary<Condition>;

/** What PostgreSQL matches by each of the conditions that `ask` makes of given ones, and all rows there are. */
async function holds<Given>(
  given: fc.Arbitrary<Given>,
  ask: (given: Given) => readonly Condition[],
  expected: (found: readonly Keys[], all: Keys) => void,
): Promise<void> {
  const many = fc.array(given, { minLength: 1, maxLength: 10, size: 'max' });
  await fc.assert(
    fc.asyncProperty(arbitraryWorld, many, async (world, asked) => {
      const all = world['specimen']!.map((row) => keyOf(specimen, row)).sort();
      const groups = asked.map(ask);
      const found = await database.within(world, (run) => matchingKeys(run, specimen, groups.flat()));
      groups.forEach(({ length }, index) => expected(found.slice(index * length, (index + 1) * length), all));
    }),
    { numRuns: 60 },
  );
}

const without = (all: Keys, some: Keys): Keys => all.filter((key) => !some.includes(key));

describe('the algebra of conditions', () => {
  it('has in `not` the exact complement, and twice itself', async () => {
    await holds(
      condition,
      (one) => [one, not(one), not(not(one))],
      ([met, unmet, again], all) => expect([unmet, again]).toEqual([without(all, met!), met]),
    );
  });

  it('has in `and` the intersection and in `or` the union, whatever stands first', async () => {
    await holds(
      fc.tuple(condition, condition),
      ([a, b]) => [a, b, and(a, b), and(b, a), or(a, b), or(b, a), not(or(not(a), not(b)))],
      ([a, b, ...combined], all) => {
        const both = a!.filter((key) => b!.includes(key));
        const any = all.filter((key) => a!.includes(key) || b!.includes(key));
        expect(combined).toEqual([both, both, any, any, both]);
      },
    );
  });

  it('has in no members at all everything or nothing', async () => {
    await holds(
      condition,
      (one) => [and(), or(), {}, and(one, {}), or(one, or()), not(or())],
      ([every, none, empty, same, likewise, notNone], all) => {
        expect([every, none, empty, notNone]).toEqual([all, [], all, all]);
        expect(same).toEqual(likewise);
      },
    );
  });

  it('has in `ne` and `notIn` the complements of `eq` and `in`', async () => {
    await holds(
      fc.tuple(fc.constantFrom('name', 'label'), arbitraryText, arbitraryText),
      ([column, a, b]) =>
        [{ eq: a }, { ne: a }, { in: [a, b] }, { notIn: [a, b] }].map((one) => ({ [column]: one }) as Condition),
      ([equal, other, among, outside], all) => {
        expect([other, outside]).toEqual([without(all, equal!), without(all, among!)]);
      },
    );
  });

  it('has in a negated text match the exact complement, NULLs included', async () => {
    await holds(
      fc.record({
        how: fc.constantFrom('equals', 'contains', 'startsWith', 'endsWith', 'in'),
        text: arbitraryText,
        caseInsensitive: fc.boolean(),
      }),
      ({ how, text, caseInsensitive }) =>
        [false, true].map((negated) => {
          const options = { caseInsensitive, negated };
          const column = 'name' as never;
          return how === 'in'
            ? textMatch<OracleRow>(column, how, [text, 'ab'], options)
            : textMatch<OracleRow>(column, how, text, options);
        }),
      ([met, unmet], all) => expect(unmet).toEqual(without(all, met!)),
    );
  });
});
