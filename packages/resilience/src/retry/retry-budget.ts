const SECONDS = 10;

/** What a budget of retries holds, over the last ten seconds. */
export interface BudgetFigures {
  /** Calls, without their retries. */
  readonly calls: number;
  readonly retries: number;
  /** Retries that are still allowed, in whole ones. */
  readonly remaining: number;
}

/** Counts calls and retries of the last ten seconds, and says whether one more retry is within the budget. */
export class RetryBudget {
  readonly #ratio: number;
  readonly #reserve: number;
  readonly #calls = new Float64Array(SECONDS);
  readonly #retries = new Float64Array(SECONDS);
  #second = Number.NEGATIVE_INFINITY;
  #slot = 0;
  #allCalls = 0;
  #allRetries = 0;

  constructor(args: { readonly ratio: number; readonly minRetriesPerSecond: number }) {
    this.#ratio = args.ratio;
    this.#reserve = args.minRetriesPerSecond * SECONDS;
  }

  countCall(nowMs: number): void {
    this.#forgetUntil(nowMs);
    this.#calls[this.#slot]! += 1;
    this.#allCalls += 1;
  }

  /** Takes one retry out of the budget; false if there is none left. */
  take(nowMs: number): boolean {
    this.#forgetUntil(nowMs);
    if (this.#allRetries + 1 > this.#reserve + this.#ratio * this.#allCalls) return false;
    this.#retries[this.#slot]! += 1;
    this.#allRetries += 1;
    return true;
  }

  figures(nowMs: number): BudgetFigures {
    this.#forgetUntil(nowMs);
    const allowed = this.#reserve + this.#ratio * this.#allCalls;
    return { calls: this.#allCalls, retries: this.#allRetries, remaining: Math.floor(allowed - this.#allRetries) };
  }

  reset(): void {
    this.#calls.fill(0);
    this.#retries.fill(0);
    this.#allCalls = 0;
    this.#allRetries = 0;
  }

  #forgetUntil(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    if (second <= this.#second) return;
    for (let gone = Math.max(this.#second + 1, second - SECONDS + 1); gone <= second; gone += 1) {
      const slot = slotOf(gone);
      this.#allCalls -= this.#calls[slot]!;
      this.#allRetries -= this.#retries[slot]!;
      this.#calls[slot] = 0;
      this.#retries[slot] = 0;
    }
    this.#second = second;
    this.#slot = slotOf(second);
  }
}

// A monotonic clock may start anywhere, below zero too.
function slotOf(second: number): number {
  return ((second % SECONDS) + SECONDS) % SECONDS;
}
