import type { Hold } from '../hold.js';

/** A place in a bulkhead that is held until the call has been answered and all that it has left running has settled. */
export class Permit implements Hold {
  readonly by: object;
  isOver = false;
  readonly #giveBack: () => void;
  #running = 0;

  constructor(by: object, giveBack: () => void) {
    this.by = by;
    this.#giveBack = giveBack;
  }

  extendTo(work: Promise<unknown>): void {
    if (this.isOver) return;
    this.#running += 1;
    work.then(this.#end, this.#end);
  }

  readonly #end = (): void => {
    this.#running -= 1;
    if (this.#running > 0) return;
    this.isOver = true;
    this.#giveBack();
  };
}
