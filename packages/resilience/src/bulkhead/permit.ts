import type { Hold } from '../hold.js';

/** A place in a bulkhead that is held until the call has been answered and all that it has left running has settled. */
export class Permit implements Hold {
  readonly by: object;
  readonly #giveBack: () => void;
  #running = 1;

  constructor(by: object, giveBack: () => void) {
    this.by = by;
    this.#giveBack = giveBack;
  }

  get isOver(): boolean {
    return this.#running === 0;
  }

  extendTo(work: Promise<unknown>): void {
    if (this.isOver) return;
    this.#running += 1;
    const end = (): void => this.end();
    work.then(end, end);
  }

  /** One of what it is held for has settled. */
  end(): void {
    this.#running -= 1;
    if (this.#running === 0) this.#giveBack();
  }
}
