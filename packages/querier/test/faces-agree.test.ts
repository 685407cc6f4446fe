import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { type BatchQuerier, type FieldSet, openApiSearchBody } from '../src/index.js';
import { Dice } from './fixture/dice.js';
import { GraphqlDoor } from './fixture/graphql-door.js';
import { type AnyRow, drawFieldSet } from './fixture/random-fields.js';
import { drawSearch, type RandomSearch } from './fixture/random-search.js';
import type { Fault } from './fixture/random-value.js';
import { refusal } from './fixture/refusal.js';
import { toFlatParameters, toGraphqlArguments, toParameters } from './fixture/search-faces.js';

type Answer = BatchQuerier<AnyRow> | 'refused';

function answerOf(read: () => BatchQuerier<AnyRow>): Answer {
  let answer: Answer = 'refused';
  refusal(() => (answer = read()));
  return answer;
}

/** Whether a face accepts a search that has no faults but these. */
const accepted = ({ faults }: RandomSearch, ...harmless: readonly Fault[]): boolean =>
  [...faults].every((fault) => harmless.includes(fault));

/** Field sets at random, with searches at random of each. */
function forSearches(
  numRuns: number,
  check: (fieldSet: FieldSet<AnyRow>, searches: readonly RandomSearch[]) => void,
): void {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const dice = new Dice(draw);
      const fieldSet = drawFieldSet(dice);
      check(
        fieldSet,
        Array.from({ length: 12 }, () => drawSearch(dice, fieldSet)),
      );
    }),
    // Each of them is thousands of choices: to make it smaller would take too long.
    { numRuns, endOnFailure: true },
  );
}

describe('one definition, whatever its face:', () => {
  it('a JSON body is accepted exactly if nothing is wrong with it', () => {
    const seen = { accepted: 0, refused: 0 };
    forSearches(60, (fieldSet, searches) => {
      for (const search of searches) {
        const answer = answerOf(() => fieldSet.parseSearchBody(search.body));
        expect([answer !== 'refused', search]).toEqual([accepted(search, 'beyondGraphql'), search]);
        seen[answer === 'refused' ? 'refused' : 'accepted']++;
      }
    });
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(100);
  });

  it('a query string asks for what the body asks for, with the filter as JSON', () => {
    forSearches(60, (fieldSet, searches) => {
      for (const { body } of searches) {
        const parameters = toParameters(body);
        if (parameters === null) continue;
        expect(answerOf(() => fieldSet.parseSearch(parameters))).toEqual(
          answerOf(() => fieldSet.parseSearchBody(body)),
        );
      }
    });
  });

  it('and so it does with one parameter for each operator, where it can say it so', () => {
    let said = 0;
    forSearches(200, (fieldSet, searches) => {
      for (const { body } of searches) {
        const parameters = toFlatParameters(fieldSet, body);
        if (parameters === null) continue;
        const flat = answerOf(() => fieldSet.parseSearch(parameters));
        const whole = answerOf(() => fieldSet.parseSearchBody(body));
        expect(flat === 'refused').toBe(whole === 'refused');
        if (flat === 'refused' || whole === 'refused') continue;
        expect({ ...flat, conditions: [] }).toEqual({ ...whole, conditions: [] });
        expect(flat.conditions).toEqual(
          Object.entries((body['filter'] ?? {}) as Record<string, Record<string, unknown>>).flatMap(
            ([field, operators]) =>
              Object.entries(operators).map(([operator, operand]) =>
                fieldSet.parseCondition({ [field]: { [operator]: operand } }),
              ),
          ),
        );
        if (flat.conditions.length > 0) said++;
      }
    });
    expect(said).toBeGreaterThan(100);
  });

  it('GraphQL asks for what the body asks for, but that it makes lists of single values, and has 32 bits', () => {
    const seen = { variables: 0, literals: 0 };
    forSearches(25, (fieldSet, searches) => {
      const door = new GraphqlDoor(fieldSet);
      for (const search of searches) {
        const { order, ...others } = toGraphqlArguments(search.body);
        // Where nothing can be ordered by there is no such argument: GraphQL has no empty types.
        const args = Array.isArray(order) && order.length === 0 ? others : { ...others, ...(order ? { order } : {}) };
        const byVariables = door.searchByVariables(args);
        expect([byVariables !== 'refused', search]).toEqual([accepted(search, 'coerced'), search]);
        if (byVariables === 'refused' || search.faults.size > 0) continue;
        expect(byVariables).toEqual(answerOf(() => fieldSet.parseSearchBody(search.body)));
        seen.variables++;
        const byLiterals = door.searchByLiterals(args);
        if (byLiterals === null) continue;
        expect(byLiterals).toEqual(byVariables);
        seen.literals++;
      }
    });
    expect(seen.variables).toBeGreaterThan(100);
    expect(seen.literals).toBeGreaterThan(50);
  });

  it('JSON Schema accepts what the body accepts, and what it says it cannot say', () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false });
    forSearches(25, (fieldSet, searches) => {
      const validate = ajv.compile(openApiSearchBody(fieldSet));
      for (const search of searches) {
        expect([validate(search.body), search]).toEqual([accepted(search, 'beyondSchema', 'beyondGraphql'), search]);
      }
    });
  });
});
