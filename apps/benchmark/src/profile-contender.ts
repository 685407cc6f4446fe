import { parseArgs } from 'node:util';
import pg from 'pg';
import { chosen } from './chosen.js';
import { contenders, OURS, PEERS } from './contenders/index.js';
import { ContenderProcess } from './contender-process.js';
import { onDatabase } from './on-database.js';
import { OPERATION_NAMES } from './operation-name.js';
import { createSessionTable } from './session-table.js';

/** `npm run bench -- profile`: where one contender's CPU time goes in one operation. */
export async function profileContender(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...line],
    options: {
      contender: { type: 'string', default: OURS },
      operation: { type: 'string', default: 'get' },
      callers: { type: 'string', default: '16' },
      seconds: { type: 'string', default: '3' },
      file: { type: 'string' },
    },
  });
  const [name] = chosen([...Object.keys(contenders), ...PEERS], values.contender);
  const [operation] = chosen(OPERATION_NAMES, values.operation);
  const callers = Number(values.callers);
  const file = values.file ?? `${name}-${operation}.cpuprofile`;
  await onDatabase(async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    await createSessionTable(client);
    await client.end();
    const contender = await ContenderProcess.start(name!, url, callers, 0);
    if ('missing' in contender) throw new Error(`${name}: ${contender.missing}`);
    try {
      await contender.ask({ ask: 'prepare', operation: operation!, callers });
      const question = { operation: operation!, callers, ms: Number(values.seconds) * 1_000 };
      await contender.ask({ ask: 'slice', ...question });
      console.log((await contender.ask({ ask: 'profile', ...question, file })).functions);
      console.log(`\n${file}: for the performance panel of Chromium's developer tools, or speedscope`);
    } finally {
      await contender.stop();
    }
  });
}
