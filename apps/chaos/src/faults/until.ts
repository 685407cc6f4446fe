import { setTimeout as delay } from 'node:timers/promises';

/** Asks until the answer is not null; throws with `what` when it took longer than `limitMs`. */
export async function until<Answer>(
  what: string,
  limitMs: number,
  ask: () => Answer | null | Promise<Answer | null>,
): Promise<Answer> {
  const patience = performance.now() + limitMs;
  let last: unknown = null;
  while (performance.now() < patience) {
    try {
      const answer = await ask();
      if (answer !== null) return answer;
    } catch (error) {
      last = error;
    }
    await delay(20);
  }
  throw new Error(`${what} did not come about within ${limitMs} ms.`, { cause: last });
}
