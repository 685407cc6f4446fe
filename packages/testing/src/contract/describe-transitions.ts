import assert from 'node:assert/strict';
import { TransitionContested } from '@holdfast/standard-repository';
import { createTestDatabase } from '../create-test-database.js';
import type { TestDatabase } from '../test-database.js';
import type { TestRunner } from './describe-repository.js';
import { raced } from '../raced.js';
import { refusal } from './refusal.js';
import { differentMoves, inTurn } from './moves-at-once.js';
import type { TransitionContract, WithStatus } from './transition-contract.js';

/** The first case may start a server. */
const LIMIT_MS = 120_000;
const ROUNDS = 40;
const RACERS = 4;

/**
 * Tests that `updateStatus` of a repository moves rows as its rule says, each move once, and no rows of others. Makes a
 * database of its own. What else a move changes is for other tests.
 */
export function describeTransitions<Repository, Data extends WithStatus<unknown, string>>(
  runner: TestRunner,
  name: string,
  contract: TransitionContract<Repository, Data>,
): void {
  const { move, get, create, isLegal, statuses } = contract;
  let opened: TestDatabase | null = null;
  const close = async () => opened?.close();
  const world = async () => {
    opened ??= await createTestDatabase(contract.tables);
    return { test: opened, repository: contract.repository(opened.database) };
  };
  const it = (title: string, run: () => Promise<void>) => void runner.it(title, run, LIMIT_MS);

  runner.describe(name, () => {
    if ('afterAll' in runner) runner.afterAll(close, LIMIT_MS);
    else runner.after(close);

    it('moves from each status to those that may follow it, tells other moves from what is not there, and changes nothing then', async () => {
      const { repository } = await world();
      const ways = new Map<Data['status'], readonly Data['status'][]>([[contract.initial, []]]);
      // What is added while it is walked is walked, too.
      for (const [from, way] of ways) {
        for (const to of statuses) {
          const { id } = await create(repository);
          for (const step of way) await move(repository, id, step);
          const before = await get(repository, id);
          assert.equal(before.status, from);
          if (isLegal(from, to)) {
            const moved = await move(repository, id, to);
            assert.equal(moved.status, to);
            assert.deepEqual(await get(repository, id), moved);
            if (!ways.has(to)) ways.set(to, [...way, to]);
          } else {
            const error = await refusal(() => move(repository, id, to), `${from} to ${to}`);
            assert.ok(error instanceof contract.conflict, `${from} to ${to}: ${error.message}`);
            assert.deepEqual({ from: (error as Partial<Move>).from, to: (error as Partial<Move>).to }, { from, to });
            assert.deepEqual(await get(repository, id), before);
          }
        }
      }
      assert.deepEqual(new Set(ways.keys()), new Set(statuses), 'statuses that nothing becomes');
    });

    it('moves nothing that is missing, deleted or of others', async () => {
      const { repository, test } = await world();
      const [theirs, deleted] = [await contract.createTheirs(repository), await create(repository)];
      await contract.delete(repository, deleted.id);
      const to = legalAfter(deleted.status);
      const before = await rowsOf(test, contract.table);

      for (const id of [contract.missing, theirs.id, deleted.id]) {
        const error = await refusal(() => move(repository, id, to), 'a move of what is not there');
        assert.ok(error instanceof contract.notFound, error.message);
      }
      assert.deepEqual(await rowsOf(test, contract.table), before);
    });

    it('refuses what is no status, got around the compiler', async () => {
      const { repository } = await world();
      const { id } = await create(repository);

      const error = await refusal(async () => move(repository, id, 'NO STATUS'), 'what is no status');

      const { reason, pointer } = error as { readonly reason?: string; readonly pointer?: string };
      assert.deepEqual({ reason, pointer }, { reason: 'INVALID_VALUE', pointer: '/status' });
    });

    it('lets one of those succeed that make the same move at once, and not always the same one', async () => {
      const { repository } = await world();
      const winners = new Set<number>();
      for (let round = 0; round < ROUNDS; round++) {
        const { id, status } = await create(repository);
        const to = legalAfter(status);

        const moves = await raced(
          round,
          Array.from({ length: RACERS }, () => () => move(repository, id, to)),
        );

        const failures = moves.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
        assert.equal(failures.length, RACERS - 1);
        for (const failure of failures) assert.ok(failure instanceof contract.conflict, String(failure));
        winners.add(moves.findIndex((one) => one.status === 'fulfilled'));
      }
      assert.ok(winners.size > 1, 'each round had the same winner');
    });

    const pair = differentMoves(contract);
    if (pair !== null) {
      it('lets two different moves at once come to what they come to in turn, each of them first in some rounds', async () => {
        const { repository } = await world();
        const seen = new Set<string>();
        const orders = [inTurn(pair, isLegal), inTurn(pair.toReversed(), isLegal)].map((order) =>
          JSON.stringify(order),
        );
        for (let round = 0; round < ROUNDS; round++) {
          const { id } = await create(repository);

          const moves = await raced(
            round,
            pair.map((to) => () => move(repository, id, to)),
          );

          for (const one of moves) if (one.status === 'rejected') assert.ok(one.reason instanceof contract.conflict);
          const done = pair.filter((_, i) => moves[i]!.status === 'fulfilled').toSorted();
          const outcome = JSON.stringify({ done, status: (await get(repository, id)).status });
          assert.ok(orders.includes(outcome), `${outcome} is neither ${orders.join(' nor ')}`);
          seen.add(outcome);
        }
        assert.equal(seen.size, 2, `it was always ${[...seen].join()}`);
      });
    }

    it('gives up on what the database keeps where it is, and does not say that the move is not allowed', async () => {
      const { repository, test } = await world();
      const { id, status } = await create(repository);
      await test.dataSource.query(
        `CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
         CREATE TRIGGER stay BEFORE UPDATE ON ${contract.table} FOR EACH ROW EXECUTE FUNCTION stay()`,
      );
      try {
        const error = await refusal(() => move(repository, id, legalAfter(status)), 'a move that the database refuses');
        assert.ok(error instanceof TransitionContested, error.message);
      } finally {
        await test.dataSource.query('DROP FUNCTION stay CASCADE');
      }
    });
  });

  function legalAfter(from: Data['status']): Data['status'] {
    const to = statuses.find((status) => isLegal(from, status));
    assert.ok(to !== undefined, `nothing follows ${from}`);
    return to;
  }
}

interface Move {
  readonly from: string;
  readonly to: string;
}

/** All rows with the versions that the server has of them. */
function rowsOf(test: TestDatabase, table: string): Promise<unknown> {
  return test.dataSource.query(`SELECT t::text AS row, xmin::text FROM ${table} t ORDER BY 1`);
}
