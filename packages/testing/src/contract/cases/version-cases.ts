import assert from 'node:assert/strict';
import { VersionConflict } from '@holdfast/base';
import type { ContractCase } from '../contract-case.js';
import { refusal } from '../refusal.js';

export const versionCases: readonly ContractCase[] = [
  {
    title: 'update changes a row that is in the expected version, and refuses one that was changed since',
    needs: ['update'],
    applies: ({ versionOf }) => versionOf !== undefined,
    async run(world) {
      const { mine, repository, contract } = world;
      const row = await world.row(mine);
      const id = contract.idOf(row);
      const options = { expectedVersion: contract.versionOf!(row) };

      const changed = await repository.update(mine.scope, id, contract.change.change, options);
      assert.notEqual(contract.versionOf!(changed), options.expectedVersion, 'the version stays');

      const before = await world.stored();
      const late = () => repository.update(mine.scope, id, contract.change.change, options);
      const error = await refusal(late, 'a version that has passed');
      assert.equal(error instanceof VersionConflict, true, `it was refused with ${String(error)}`);
      assert.deepEqual(await world.stored(), before);

      const missing = () => repository.update(mine.scope, contract.missing, contract.change.change, options);
      const none = await refusal(missing, 'a missing id');
      assert.equal(none instanceof contract.notFound, true, `it was refused with ${String(none)}`);
    },
  },
];
