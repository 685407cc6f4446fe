import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is not null. Throws with `what` if that takes longer than `limitMs`. */
export async function until<Answer>(
  what: string | (() => string),
  limitMs: number,
  ask: () => Answer | null | Promise<Answer | null>,
): Promise<Answer> {
  const patience = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > patience) {
      throw new Error(`${typeof what === 'string' ? what : what()} did not come about within ${limitMs} ms.`);
    }
    await delay(50);
  }
}
