import type { Clock, Deadline } from '@holdfast/operation';

const FIRST_DELAY_MS = 5;
const LONGEST_DELAY_MS = 500;

/** Asks, at growing intervals, until there is an answer; null where there was none before the deadline. */
export async function untilAnswered<Answer>(
  ask: () => Promise<Answer | null>,
  deadline: Deadline,
  clock: Clock,
): Promise<Answer | null> {
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(LONGEST_DELAY_MS, 2 * delayMs)) {
    const answer = await ask();
    const leftMs = deadline.remainingMs;
    if (answer !== null || leftMs <= FIRST_DELAY_MS) return answer;
    // Whoever is asked last needs time to answer.
    await clock.sleep(Math.min(delayMs, leftMs / 2));
  }
}
