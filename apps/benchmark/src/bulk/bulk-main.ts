// The process of one contender's bulk tasks.
import { answerParent } from '../answer-parent.js';
import type { BulkAnswer, BulkMemory, BulkQuestion, BulkTime } from './bulk-process.js';
import { type BulkInput, type BulkTask, runTask } from './bulk-task.js';
import { bulkCreators } from './bulk-contenders.js';
import { type Job, jobId, newJobs } from './job.js';
import { peakMemory } from './peak-memory.js';

const [name, url] = process.argv.slice(2) as [string, string];
const contender = await bulkCreators[name]!(url);

/** Runs a task on `rows` rows in calls of `size` each, their input prepared, and takes the time. */
async function time(task: BulkTask, rows: number, size: number): Promise<BulkTime> {
  const inputs = Array.from({ length: rows / size }, (_, i) => prepared(i * size, (i + 1) * size));
  gc!();
  const cpu = process.cpuUsage();
  const start = performance.now();
  let count = 0;
  for (const input of inputs) count += await runTask(contender, task, input);
  const wallMicros = (performance.now() - start) * 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { count, wallMicros, cpuMicros: user + system };
}

function prepared(from: number, to: number): BulkInput {
  const jobs = [...newJobs(from, to)];
  return { positions: { from, to }, jobs, ids: jobs.map(({ id }) => id) };
}

/** Runs a task in one call, new rows made as they are taken, and watches the memory. */
async function watch(task: BulkTask, rows: number): Promise<BulkMemory> {
  // What is made once, connection and statement among it, belongs to idle.
  await runTask(contender, task, prepared(WARM_UP, WARM_UP + 1_000));
  const ids = Array.from({ length: rows }, (_, i) => jobId(i));
  let count = 0;
  const memory = await peakMemory(async (look) => {
    count = await runTask(contender, task, { positions: { from: 0, to: rows }, jobs: looking(look, rows), ids });
  });
  return { count, memory };
}

/** Beyond all others. */
const WARM_UP = 10_000_000;

function* looking(look: () => void, rows: number): Generator<Job> {
  let i = 0;
  for (const job of newJobs(0, rows)) {
    if (i++ % 100 === 0) look();
    yield job;
  }
}

const answer = ({ task, rows, size }: BulkQuestion): Promise<BulkAnswer> =>
  size === null ? watch(task, rows) : time(task, rows, size);

answerParent(answer, () => contender.close());
