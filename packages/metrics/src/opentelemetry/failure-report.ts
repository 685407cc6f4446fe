/** What a tracer throws is said once, as a process warning, and kept from the operation. */
export class FailureReport {
  #isMade = false;

  readonly make = (error: unknown): void => {
    if (this.#isMade) return;
    this.#isMade = true;
    process.emitWarning(`A tracer failed and goes on being called: ${textOf(error)}`, {
      code: 'HOLDFAST_TRACER_FAILED',
    });
  };
}

function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'with something that has no text';
  }
}
