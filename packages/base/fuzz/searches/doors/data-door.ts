import fc from 'fast-check';
import { batchQuerier, type BatchQuerierArgs } from '@holdfast/querier';
import { arbitraryCondition } from '../arbitrary-condition.js';
import { arbitraryPage } from '../arbitrary-page.js';
import { askedByData } from '../asked-by-data.js';
import type { EntityName } from '../arbitrary-search.js';
import type { SearchDoor } from '../search-door.js';
import { owner, thing } from '../fuzzed-entities.js';
import { judgeSearch } from '../judge-search.js';
import { mostly } from '../../mostly.js';
import { anyForeign, anyJson, anyName } from '../odd-values.js';
import { rowVocabulary, type Vocabulary } from '../vocabulary.js';

/** What a program hands to `batchQuerier` that has got it from somewhere and trusts nobody. */
export interface DataCase {
  readonly entity: EntityName;
  readonly args: Readonly<Record<string, unknown>>;
}

const odd = fc.oneof(anyJson, anyForeign);

function ordersOf({ orders }: Vocabulary): fc.Arbitrary<unknown> {
  const names = anyName.filter((name) => name !== 'secret');
  const by = fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...orders) }, names);
  const order = fc.record(
    {
      by: mostly(by, odd),
      dir: mostly(fc.constantFrom('asc', 'desc'), odd),
      nulls: mostly(fc.constantFrom('first', 'last'), odd),
      confidential: fc.boolean(),
      fewTies: mostly(fc.constant(false), odd),
    },
    { requiredKeys: ['by'] },
  );
  return mostly(fc.array(mostly(order, odd), { maxLength: 2 }), odd);
}

function casesOf(entity: EntityName, vocabulary: Vocabulary): fc.Arbitrary<DataCase> {
  const condition = arbitraryCondition(vocabulary, odd, 2);
  const args = fc.record(
    {
      conditions: mostly(fc.array(condition, { maxLength: 3 }), odd),
      orders: ordersOf(vocabulary),
      pagination: mostly(
        fc.oneof(
          {
            weight: 5,
            arbitrary: arbitraryPage(odd).map((page) => (Object.keys(page).length === 0 ? { first: 20 } : page)),
          },
          fc.constant({ noPagination: true }),
        ),
        odd,
      ),
      total: mostly(fc.constantFrom<unknown>('none', 'exact', { atMost: 3 }), odd),
      measureBoth: mostly(fc.boolean(), odd),
      bindConditions: mostly(fc.boolean(), odd),
      confidential: mostly(fc.boolean(), odd),
    },
    { requiredKeys: ['pagination'] },
  );
  return args.map((made) => ({ entity, args: made }));
}

export const dataDoor: SearchDoor<DataCase> = {
  name: 'plain data',
  share: 14,
  arbitrary: fc.oneof(
    { weight: 5, arbitrary: casesOf('thing', rowVocabulary(thing)) },
    { weight: 1, arbitrary: casesOf('owner', rowVocabulary(owner)) },
  ),
  judge: (fuzzed, { entity, args }) =>
    judgeSearch(fuzzed, {
      entity,
      tenant: 'mine',
      // Pages are pointed into as requests have them.
      request: { ...args, ...(args['pagination'] as object | null | undefined) },
      position: null,
      read: () => batchQuerier(args as unknown as BatchQuerierArgs<object>),
      asked: () => askedByData(args),
    }),
};
