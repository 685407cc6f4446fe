import { type HoldfastError, isHoldfastError } from '@holdfast/errors';
import { type StatementWrite, unitSpec, type UnitWrite } from '../spec.js';
import { areRepeatable, chunks, type Items } from './chunks.js';
import { RowFaults } from './row-faults.js';

/** What became of each item: what is done, and what could not be done and why, both in the order given. */
export interface PartialResult<Data, Item> {
  readonly successes: readonly Data[];
  readonly failures: readonly PartialFailure<Item>[];
}

/** An item that could not be done. */
export interface PartialFailure<Item> {
  /** Its place among all items, from 0 on. */
  readonly index: number;
  readonly spec: Item;
  readonly error: HoldfastError;
}

/**
 * Does items in one trip, all or none. It answers for each item with what it came to, or with the error that says why it
 * could not be done. `from` is the index of the first item among all.
 */
export type PartialWork<Item, Answer> = (
  items: readonly Item[],
  from: number,
) => StatementWrite<readonly (Answer | HoldfastError)[]>;

/**
 * Does what can be done of some items, in one transaction. Many go in one trip, so that items that need each other are
 * done, too. Only where a trip fails are its items halved, each half in a savepoint, until those at fault are alone: k of
 * n items cost at most 2k·log2(n) + 1 trips. An error that lies in no item is thrown, and nothing is done.
 */
export function partialSpec<Item, Answer>(
  name: string,
  items: Items<Item>,
  work: PartialWork<Item, Answer>,
): UnitWrite<PartialResult<Answer, Item>> {
  return unitSpec(
    name,
    async (unit) => {
      const successes: Answer[] = [];
      const failures: PartialFailure<Item>[] = [];
      const faults = new RowFaults();
      const attempt = async (chunk: readonly Item[], from: number): Promise<void> => {
        const answers = await unit
          .savepoint((inner) => inner.execute(faults.watched(work(chunk, from))))
          .catch((error: unknown) => {
            if (faults.has(error)) return error;
            throw error;
          });
        if (isAnswers(answers)) {
          answers.forEach((answer, i) => {
            if (isHoldfastError(answer)) failures.push({ index: from + i, spec: chunk[i]!, error: answer });
            else successes.push(answer);
          });
        } else if (chunk.length === 1) {
          failures.push({ index: from, spec: chunk[0]!, error: answers });
        } else {
          const half = chunk.length >> 1;
          await attempt(chunk.slice(0, half), from);
          await attempt(chunk.slice(half), from + half);
        }
      };
      for await (const { from, items: chunk } of chunks(unit, items)) await attempt(chunk, from);
      return Object.freeze({
        successes: Object.freeze(successes),
        failures: Object.freeze(failures.map(Object.freeze)),
      });
    },
    { isRepeatable: areRepeatable(items) },
  ) as UnitWrite<PartialResult<Answer, Item>>;
}

function isAnswers<Answer>(answers: readonly Answer[] | HoldfastError): answers is readonly Answer[] {
  return Array.isArray(answers);
}
