import { drive } from './drive.js';
import type { Subject } from './subject.js';

const AT_ONCE = 4;

/** How long each operation took the last time: the quickest go first, so that what is found is found soon. */
const tookMs = new Map<string, number>();

/** Drives every operation in two worlds, until something is found: what came out, was changed, or told them apart. */
export async function leaksOf(subject: Subject): Promise<readonly string[]> {
  const nameOf = (operation: string): string => `${subject.name}.${operation}`;
  const lastTime = (operation: string): number => tookMs.get(nameOf(operation)) ?? 0;
  const waiting = [...subject.operations].sort((a, b) => lastTime(a) - lastTime(b));
  const over = new AbortController();
  const found: string[] = [];
  const worker = async (): Promise<void> => {
    for (let operation = waiting.shift(); operation !== undefined; operation = waiting.shift()) {
      const begun = performance.now();
      const leak = await leakOf(subject, operation, over.signal).catch(linesOf);
      if (over.signal.aborted) return;
      if (leak === null) {
        tookMs.set(nameOf(operation), performance.now() - begun);
        continue;
      }
      found.push(`${nameOf(operation)}: ${leak}`);
      over.abort();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}

/** The first call by whose answer the two worlds can be told apart. Rejects with what was found in one of them. */
async function leakOf(subject: Subject, operation: string, over: AbortSignal): Promise<string | null> {
  const failed = new AbortController();
  const signal = AbortSignal.any([over, failed.signal]);
  const worlds = [true, false].map(async (isShared) => {
    try {
      return await drive(subject, operation, isShared, signal);
    } catch (error) {
      failed.abort();
      throw error;
    }
  });
  const [shared, lonely] = await Promise.allSettled(worlds);
  const together = valueOf(shared!);
  const alone = valueOf(lonely!);
  const index = together.findIndex(({ answer }, at) => answer !== alone[at]?.answer);
  if (index < 0) return null;
  return `${together[index]!.attempt}\n  came to ${together[index]!.answer}\n  and alone to ${alone[index]?.answer}`;
}

function valueOf<Value>(settled: PromiseSettledResult<Value>): Value {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

function linesOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error)
    .split('\n')
    .slice(0, 3)
    .join('\n');
}
