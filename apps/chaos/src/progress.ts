import type { WriteOutcome } from './writing/write-outcome.js';

/** What has become of the writes so far; tells of it ten times in a run, and in the end of the errors. */
export class Progress {
  readonly outcomes: WriteOutcome[] = [];
  readonly #writes: number;
  readonly #say: (line: string) => void;
  readonly #counts = { acknowledged: 0, failed: 0, ambiguous: 0 };
  readonly #errors = new Map<string, number>();

  constructor(writes: number, say: (line: string) => void) {
    this.#writes = writes;
    this.#say = say;
  }

  /** Of how many writes callers were told what. */
  get counts(): Readonly<Record<WriteOutcome['told'], number>> {
    return this.#counts;
  }

  ended(outcome: WriteOutcome, error: unknown): void {
    this.outcomes.push(outcome);
    this.#counts[outcome.told]++;
    if (error !== null) {
      const name = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
      this.#errors.set(name, (this.#errors.get(name) ?? 0) + 1);
    }
    const { length } = this.outcomes;
    if (length % Math.ceil(this.#writes / 10) !== 0 && length !== this.#writes) return;
    const { acknowledged, failed, ambiguous } = this.#counts;
    this.#say(`${length} writes: ${acknowledged} acknowledged, ${failed} failed, ${ambiguous} ambiguous`);
    if (length === this.#writes) for (const [text, count] of this.#errors) this.#say(`${count} times ${text}`);
  }
}
