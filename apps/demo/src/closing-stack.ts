type Close = () => Promise<unknown>;

/** What has been opened, to be closed in the opposite order, whatever of it fails to close. */
export class ClosingStack {
  readonly #closes: Close[] = [];

  push(close: Close): void {
    this.#closes.push(close);
  }

  /** Closes everything. Throws the first failure once all are done. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closes.splice(0).reverse()) {
      await close().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
