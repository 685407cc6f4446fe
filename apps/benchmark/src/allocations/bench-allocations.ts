import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import pg from 'pg';
import { AskedProcess } from '../asked-process.js';
import { chosen } from '../chosen.js';
import { REFERENCE } from '../contenders/index.js';
import { markdownTable } from '../figures/markdown-table.js';
import { writeFigures } from '../figures/write-figures.js';
import { CONTENDERS } from '../open-contenders.js';
import { OPERATION_NAMES, type OperationName } from '../operation-name.js';
import { createSessionTable } from '../session-table.js';
import type { Allocated } from './allocated-bytes.js';
import type { AllocationAnswer, AllocationQuestion } from './allocation-question.js';

/** A line of the result: what one call allocates. */
interface Line {
  readonly operation: OperationName;
  readonly contender: string;
  readonly bytes: Allocated;
}

/** So that all that is freed is freed when a collection is counted. */
const FLAGS = ['--expose-gc', '--no-concurrent-array-buffer-sweeping'];

/** `npm run bench -- allocations`: how many bytes one call of each operation allocates in Node, contender by contender. */
export async function benchAllocations(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...line],
    options: { contenders: { type: 'string' }, json: { type: 'string' }, only: { type: 'string' } },
  });
  const names = chosen(CONTENDERS, values.contenders);
  const operations = chosen(OPERATION_NAMES, values.only);
  const lines = await count(names, operations);
  const table = tableOf(lines);
  console.log(`\n${table}`);
  if (values.only === undefined) await writeFigures([{ name: 'allocations', text: table, picture: null }]);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(lines, null, 2)}\n`);
}

async function count(names: readonly string[], operations: readonly OperationName[]): Promise<readonly Line[]> {
  // What the disk does allocates nothing in Node.
  const postgres = await startEmbeddedPostgres({ durability: 'fast' });
  try {
    const client = new pg.Client(postgres.url);
    await client.connect();
    await createSessionTable(client);
    await client.end();
    const lines: Line[] = [];
    for (const name of names) lines.push(...(await linesOf(name, postgres.url, operations)));
    return lines;
  } finally {
    await postgres.stop();
  }
}

async function linesOf(name: string, url: string, operations: readonly OperationName[]): Promise<readonly Line[]> {
  const program = new URL('./allocations-main.js', import.meta.url);
  const args = [name, url, String(CONTENDERS.indexOf(name))] as const;
  const process = await AskedProcess.start<AllocationQuestion, AllocationAnswer>(program, args, FLAGS);
  try {
    const opened = await process.ask({ ask: 'open' });
    if ('missing' in opened) console.log(`${name} takes no part: ${opened.missing}.`);
    if (!('operations' in opened)) return [];
    const lines: Line[] = [];
    for (const operation of opened.operations.filter((one) => operations.includes(one))) {
      const answer = await process.ask({ ask: 'count', operation });
      if ('perCall' in answer) lines.push({ operation, contender: name, bytes: answer.perCall });
    }
    console.log(`${name} is counted.`);
    return lines;
  } finally {
    await process.stop();
  }
}

/** Kilobytes of a call with the ratio to pg, heap and buffers together. */
function tableOf(lines: readonly Line[]): string {
  const bytesOf = (operation: OperationName, contender: string): number | null => {
    const bytes = lines.find((line) => line.operation === operation && line.contender === contender)?.bytes;
    return bytes === undefined ? null : bytes.heap + bytes.external;
  };
  const contenders = CONTENDERS.filter((name) => lines.some(({ contender }) => contender === name));
  const operations = OPERATION_NAMES.filter((name) => lines.some(({ operation }) => operation === name));
  return markdownTable(
    ['KB per call (ratio to pg)', ...contenders],
    operations.map((operation) => [
      operation,
      ...contenders.map((contender) => {
        const bytes = bytesOf(operation, contender);
        const byHand = bytesOf(operation, REFERENCE);
        if (bytes === null) return '-';
        const ratio = byHand === null ? '' : ` (${(bytes / byHand).toFixed(2)})`;
        return `${(bytes / 1024).toFixed(1)}${ratio}`;
      }),
    ]),
  );
}
