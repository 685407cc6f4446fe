// The process of one contender: answers its parent until that goes away.
import pg from 'pg';
import type { Answer, Request } from './contender-process.js';
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

async function answer(request: Request): Promise<Answer> {
  if ('slice' in request) {
    const { operation, callers, ms } = request.slice;
    return { slice: await measureSlice(contender, workload, operation, callers, ms) };
  }
  const result = await new Workload(sample).run(contender, request.sample);
  const differing = differsByNature[request.sample] ?? [];
  return { sample: JSON.stringify(result, (key, value: unknown) => (differing.includes(key) ? null : value)) };
}

process.on('message', (request: Request) => {
  answer(request).then(
    (result) => process.send!(result),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});
process.on('disconnect', () => void contender.close().then(() => process.exit(0)));
process.send!('ready');
