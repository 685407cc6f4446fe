// The process of one contender.
import pg from 'pg';
import { answerParent } from './answer-parent.js';
import { comparableText } from './comparable-text.js';
import type { Answers, Question } from './contender-process.js';
import type { Contender } from './contender.js';
import { loadContender } from './load-contender.js';
import { canDo, isOfMany, isRead, OPERATION_NAMES, type OperationName } from './operation-name.js';
import { profile } from './profile.js';
import { measureSlice } from './slice.js';
import { rehearse } from './rehearse.js';
import { sampleOf, Workload } from './workload.js';
import { WrittenRows } from './written-rows.js';

/** How often an operation is run before its results are compared. */
const COMPARED_CALLS = 10;

const name = process.argv[2]!;
let client: pg.Client;
let contender: Contender;
let rows: WrittenRows;
let workload: Workload;

async function open(url: string, connections: number, place: number): Promise<Answers['open']> {
  const loaded = await loadContender(name);
  if ('missing' in loaded) return loaded;
  client = new pg.Client(url);
  await client.connect();
  contender = await loaded.open(url, connections);
  rows = new WrittenRows(client, name, place);
  workload = new Workload(contender, await sampleOf(client), rows);
  return { version: loaded.version, operations: OPERATION_NAMES.filter((operation) => canDo(contender, operation)) };
}

async function sample(operation: OperationName): Promise<string> {
  await workload.prepare(operation, 1);
  await workload.restock(operation, 1);
  const returned: unknown[] = [];
  for (let call = 0; call < (isOfMany(operation) ? 1 : COMPARED_CALLS); call++) {
    returned.push(await workload.run(operation, 0));
  }
  return isRead(operation)
    ? comparableText({ returned })
    : comparableText({ returned, stored: await rows.stored() }, rows);
}

async function answer(question: Question): Promise<{ readonly answer: Answers[keyof Answers] }> {
  if (question.ask === 'open') return { answer: await open(question.url, question.connections, question.place) };
  const { operation } = question;
  if (question.ask === 'sample') return { answer: await sample(operation) };
  const { callers } = question;
  if (question.ask === 'prepare') {
    await workload.prepare(operation, callers);
    return { answer: null };
  }
  if (question.ask === 'rehearse') {
    await rehearse(workload, operation, callers, question.cpuMs);
    return { answer: null };
  }
  await workload.restock(operation, callers);
  const slice = () => measureSlice(workload, operation, callers, question.ms);
  const measured = question.ask === 'slice' ? await slice() : await profile(slice, question.file);
  await workload.clear(operation);
  return { answer: measured };
}

answerParent(answer, async () => {
  await contender?.close();
  await client?.end();
});
