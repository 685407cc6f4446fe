import { type ComparedText, checkEqual } from './check-equal.js';
import type { ContenderProcess } from './contender-process.js';
import { OPERATION_NAMES } from './operation-name.js';

/** Holds all contenders to the same results, of all operations; returns what differs, as sentences. */
export async function compareResults(processes: readonly ContenderProcess[]): Promise<readonly string[]> {
  const unequal: string[] = [];
  for (const operation of OPERATION_NAMES) {
    const texts: ComparedText[] = [];
    for (const process of processes.filter((one) => one.takesPartIn(operation))) {
      try {
        texts.push({ contender: process.name, text: await process.ask({ ask: 'sample', operation }) });
      } catch (error) {
        const [reason] = String(error instanceof Error ? error.message : error).split('\n');
        unequal.push(`${operation}: ${reason}`);
      }
    }
    unequal.push(...checkEqual(operation, texts));
  }
  return unequal;
}
