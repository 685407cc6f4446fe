import { setTimeout as delay } from 'node:timers/promises';

/** Resolves as soon as `condition` holds; fails after 30 s. */
export async function eventually(condition: () => boolean): Promise<void> {
  const patience = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > patience) throw new Error(`It did not come true: ${condition.toString()}`);
    await delay(20);
  }
}
