import { drive } from './drive.js';
import type { Subject } from './subject.js';

const AT_ONCE = 4;

/** Drives every operation in two worlds, until something is found: what came out, was changed, or told them apart. */
export async function leaksOf(subject: Subject): Promise<readonly string[]> {
  const waiting = [...subject.operations];
  const found: string[] = [];
  const worker = async (): Promise<void> => {
    for (let operation = waiting.shift(); operation !== undefined; operation = waiting.shift()) {
      const leak = await leakOf(subject, operation).catch((error: unknown) => linesOf(error));
      if (leak === null) continue;
      found.push(`${subject.name}.${operation}: ${leak}`);
      waiting.length = 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}

/** The first call by whose answer the two worlds can be told apart. */
async function leakOf(subject: Subject, operation: string): Promise<string | null> {
  const [shared, lonely] = await Promise.allSettled(
    [true, false].map((isShared) => drive(subject, operation, isShared)),
  );
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
