import assert from 'node:assert/strict';
import { LockNotAvailable } from '@holdfast/base';
import { Misuse } from '@holdfast/errors';
import type { ContractCase } from '../contract-case.js';
import type { Operations } from '../contract-world.js';
import { refusal } from '../refusal.js';

export const lockCases: readonly ContractCase[] = [
  {
    title: 'get locks its row until the dbSession ends, and refuses to where there is none',
    needs: ['get'],
    applies: ({ locksRows = false }) => locksRows,
    async run(world) {
      const { mine, contract, repository, test } = world;
      const { database } = test;
      const row = await world.row(mine);
      const id = contract.idOf(row);
      const taking = (): Promise<object> =>
        database.beginSession(
          (other) =>
            (contract.repository(database).within(other) as Operations).get(mine.scope, id, {
              lock: 'update',
              noWait: true,
            }),
          { separate: true },
        );

      await database.beginSession(async (dbSession) => {
        const inside = contract.repository(database).within(dbSession) as Operations;
        assert.deepEqual(await inside.get(mine.scope, id, { lock: 'update' }), row);

        const error = await refusal(taking, 'a lock that somebody else holds');
        assert.equal(error instanceof LockNotAvailable, true, `it was refused with ${String(error)}`);
      });

      assert.deepEqual(await taking(), row);
      const error = await refusal(() => repository.get(mine.scope, id, { lock: 'update' }), 'a lock of no transaction');
      assert.equal(error instanceof Misuse, true, `it was refused with ${String(error)}`);
    },
  },
];
