// The process of one contender.
import pg from 'pg';
import { answerParent } from './answer-parent.js';
import type { Answer, Question } from './contender-process.js';
import type { OperationName } from './contender.js';
import { contenders } from './contenders/index.js';
import { measureSlice } from './slice.js';
import { sampleOf, Workload } from './workload.js';

const [name, url, connections] = process.argv.slice(2) as [string, string, string];
const client = new pg.Client(url);
await client.connect();
const sample = await sampleOf(client);
await client.end();
const contender = await contenders[name]!(url, Number(connections));
const workload = new Workload(sample);

const differsByNature: Partial<Record<OperationName, readonly string[]>> = {
  create: ['id', 'created_at', 'updated_at'],
  update: ['updated_at'],
};

async function answer({ operation, slice }: Question): Promise<Answer> {
  if (slice !== null) return { slice: await measureSlice(contender, workload, operation, slice.callers, slice.ms) };
  const result = await new Workload(sample).run(contender, operation);
  const differing = differsByNature[operation] ?? [];
  return {
    sample: JSON.stringify(withMilliseconds(result), (key, value: unknown) => (differing.includes(key) ? null : value)),
  };
}

/** Times as pg reads them: it keeps no microseconds. */
function withMilliseconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(withMilliseconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withMilliseconds(inner)]));
}

answerParent(answer, () => contender.close());
