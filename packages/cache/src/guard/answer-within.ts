import type { Clock } from '@holdfast/operation';

/** A server did not answer in time. What it was asked for may still be done. */
class NoAnswer extends Error {
  override readonly name = 'TimeoutError';

  constructor(ms: number) {
    super(`The cache gave no answer within ${ms} ms.`);
  }
}

/** What `ask` resolves to, or NoAnswer after so many milliseconds. */
export function answerWithin<Answer>(clock: Clock, ms: number, ask: () => Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(ms, { ring: () => reject(new NoAnswer(ms)) });
    ask()
      .then(resolve, reject)
      .finally(() => timer.stop());
  });
}
