import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';
import { refusal } from '../refusal.js';

export const readCases: readonly ContractCase[] = [
  {
    title: 'get returns the row of the id, and throws the error of the repository where there is none',
    needs: ['get'],
    async run(world) {
      const { mine, repository, contract } = world;
      const [, row] = await world.rows(mine, 3);

      assert.deepEqual(await repository.get(mine.scope, contract.idOf(row!)), row);

      const error = await refusal(() => repository.get(mine.scope, contract.missing), 'a missing id');
      assert.equal(error instanceof contract.notFound, true, `it was refused with ${String(error)}`);
    },
  },
  {
    title: 'find returns the row of the id, and null where there is none',
    needs: ['find'],
    async run(world) {
      const { mine, repository, contract } = world;
      const [, row] = await world.rows(mine, 3);

      assert.deepEqual(await repository.find(mine.scope, contract.idOf(row!)), row);
      assert.equal(await repository.find(mine.scope, contract.missing), null);
    },
  },
  {
    title: 'loadMany answers in the order of the ids, null for what is missing, twice for what is asked for twice',
    needs: ['loadMany'],
    async run(world) {
      const { mine, repository, contract } = world;
      const [a, b, c] = await world.rows(mine, 3);
      const asked = [c!, b!, a!, c!].map(contract.idOf);

      const loaded = await repository.loadMany(mine.scope, [...asked, contract.missing, asked[2]]);

      assert.deepEqual(loaded, [c, b, a, c, null, a]);
    },
  },
  {
    title: 'loadMany answers with nothing for no ids',
    needs: ['loadMany'],
    async run({ mine, repository }) {
      assert.deepEqual(await repository.loadMany(mine.scope, []), []);
    },
  },
  {
    title: 'count counts the rows of the scope that match',
    needs: ['count'],
    async run(world) {
      const { mine, theirs, repository, contract } = world;
      const ids = (await world.rows(mine, 3)).map(contract.idOf);
      const foreign = contract.idOf(await world.row(theirs));

      assert.equal(await repository.count(mine.scope, contract.byIds(ids.slice(0, 2))), 2);
      assert.equal(
        await repository.count(mine.scope, contract.byIds([...ids, foreign])),
        3,
        'a foreign row is counted',
      );
      assert.equal(await repository.count(mine.scope, contract.byIds([])), 0);
    },
  },
];
