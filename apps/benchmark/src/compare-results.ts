import { type ComparedText, checkEqual } from './check-equal.js';
import type { ContenderProcess } from './contender-process.js';
import type { OperationName } from './operation-name.js';

/** Holds all contenders to the same results; returns for each operation what differs, as sentences. */
export async function compareResults(
  processes: readonly ContenderProcess[],
  operations: readonly OperationName[],
): Promise<ReadonlyMap<OperationName, readonly string[]>> {
  const differences = new Map<OperationName, readonly string[]>();
  for (const operation of operations) {
    const unequal: string[] = [];
    const texts: ComparedText[] = [];
    for (const process of processes.filter((one) => one.takesPartIn(operation))) {
      try {
        texts.push({ contender: process.name, text: await process.ask({ ask: 'sample', operation }) });
      } catch (error) {
        const [reason] = String(error instanceof Error ? error.message : error).split('\n');
        unequal.push(`${operation}: ${reason}`);
      }
    }
    differences.set(operation, [...unequal, ...checkEqual(operation, texts)]);
  }
  return differences;
}
