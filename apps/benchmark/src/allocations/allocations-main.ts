// The process of one contender of `npm run bench -- allocations`.
import pg from 'pg';
import { answerParent } from '../answer-parent.js';
import type { Contender } from '../contender.js';
import { loadContender } from '../load-contender.js';
import { canDo, isOfMany, OPERATION_NAMES, type OperationName } from '../operation-name.js';
import { spread } from '../spread.js';
import { sampleOf, Workload } from '../workload.js';
import { WrittenRows } from '../written-rows.js';
import { type Allocated, allocatedBytes } from './allocated-bytes.js';
import type { AllocationAnswer, AllocationQuestion } from './allocation-question.js';
import { knownAllocations } from './known-allocations.js';

const CALLS = 1_000;
/** Rounds that are not counted, while code is being compiled, and those that are. */
const WARM_UP = 2;
const ROUNDS = 3;
const CALLERS = 16;

const [name, url, place] = process.argv.slice(2) as [string, string, string];
const client = new pg.Client(url);
await client.connect();
let contender: Contender | null = null;
let workload: Workload | null = null;

async function open(): Promise<AllocationAnswer> {
  // Whoever counts wrong shall not count.
  await knownAllocations();
  const loaded = await loadContender(name);
  if ('missing' in loaded) return loaded;
  contender = await loaded.open(url, CALLERS);
  workload = new Workload(contender, await sampleOf(client), new WrittenRows(client, name, Number(place)));
  return { operations: OPERATION_NAMES.filter((operation) => !isOfMany(operation) && canDo(contender!, operation)) };
}

/** What one call allocates: the median of some rounds. */
async function perCall(operation: OperationName): Promise<Allocated> {
  const rounds: Allocated[] = [];
  await workload!.prepare(operation, CALLERS);
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    await workload!.restock(operation, CALLERS);
    const { heap, external } = await allocatedBytes(async () => {
      await Promise.all(Array.from({ length: CALLERS }, (_, caller) => callsOf(operation, caller)));
    });
    if (round >= WARM_UP) rounds.push({ heap: heap / CALLS, external: external / CALLS });
  }
  return {
    heap: spread(rounds.map(({ heap }) => heap)).median,
    external: spread(rounds.map(({ external }) => external)).median,
  };
}

async function callsOf(operation: OperationName, caller: number): Promise<void> {
  for (let call = 0; call < CALLS / CALLERS; call++) await workload!.run(operation, caller);
}

const answer = async (question: AllocationQuestion): Promise<AllocationAnswer> =>
  question.ask === 'open' ? open() : { perCall: await perCall(question.operation) };

answerParent(answer, async () => {
  await contender?.close();
  await client.end();
});
