import type { WriteOutcome } from './work/write-outcome.js';

/** What has become of the writes so far; tells of it ten times in a run. */
export class Progress {
  readonly outcomes: WriteOutcome[] = [];
  readonly #every: number;
  readonly #say: (line: string) => void;
  readonly #errors = new Map<string, number>();

  constructor(writes: number, say: (line: string) => void) {
    this.#every = Math.ceil(writes / 10);
    this.#say = say;
  }

  /** Of how many writes callers were told this. */
  told(what: WriteOutcome['told']): number {
    return this.outcomes.filter(({ told }) => told === what).length;
  }

  ended(outcome: WriteOutcome, error: unknown): void {
    this.outcomes.push(outcome);
    if (error !== null) {
      const name = `${outcome.write.kind} ${outcome.told} by ${error instanceof Error ? error.name : String(error)}`;
      this.#errors.set(name, (this.#errors.get(name) ?? 0) + 1);
    }
    if (this.outcomes.length % this.#every !== 0) return;
    const errors = [...this.#errors].map(([name, count]) => `, ${count} ${name}`);
    this.#say(`${this.outcomes.length} writes${errors.join('')}`);
  }
}
