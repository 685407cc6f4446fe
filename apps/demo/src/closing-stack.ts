/** Closes something, and stops waiting when the signal says that patience is at its end. */
export type Close = (impatient: AbortSignal) => Promise<unknown>;

/** What has been opened, to be closed in the opposite order, whatever of it fails to close. */
export class ClosingStack {
  readonly #closes: Close[] = [];

  push(close: Close): void {
    this.#closes.push(close);
  }

  /** Closes everything, waiting `patienceMs` for it in all. Throws the first failure once all are done. */
  async close(patienceMs: number): Promise<void> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), patienceMs);
    const failures: unknown[] = [];
    for (const close of this.#closes.splice(0).reverse()) {
      await close(patience.signal).catch((error: unknown) => failures.push(error));
    }
    clearTimeout(timer);
    if (failures.length > 0) throw failures[0];
  }
}
