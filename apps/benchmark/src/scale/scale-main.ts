// The process of one contender of `npm run bench -- scale`.
import { answerParent } from '../answer-parent.js';
import { openHoldfastScale } from './open-holdfast-scale.js';
import { openPgScale } from './open-pg-scale.js';
import { runWork } from './run-work.js';
import type { ScaleAnswer, ScaleQuestion } from './scale-question.js';
import type { OpenScaleContender, ScaleTask, Work } from './scale-task.js';

const contenders: Readonly<Record<string, OpenScaleContender>> = { holdfast: openHoldfastScale, pg: openPgScale };

const [name, url, connections] = process.argv.slice(2) as [string, string, string];
const contender = await contenders[name]!(url, Number(connections));
const prepared = new Map<string, Promise<Work>>();

function workOf(task: ScaleTask): Promise<Work> {
  const key = JSON.stringify(task);
  const work = prepared.get(key) ?? contender.prepare(task);
  prepared.set(key, work);
  return work;
}

async function answer({ task, slice }: ScaleQuestion): Promise<ScaleAnswer> {
  const work = await workOf(task);
  if (slice !== null) return { figures: await runWork(work, slice.callers, slice.ms) };
  const result = await work(0);
  // Keys of new rows are made by each.
  const rows = 'id' in result ? [result] : result;
  return { ids: rows.map(({ id, name: named }) => (task.kind === 'create' ? named : id)) };
}

answerParent(answer, () => contender.close());
