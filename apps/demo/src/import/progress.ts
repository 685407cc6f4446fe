import type { TextOutput } from '../text-output.js';

const WIDTH = 30;

/** Shows how far something is: a bar on a terminal, a line at every tenth elsewhere. */
export class Progress {
  readonly #out: TextOutput;
  readonly #label: string;
  readonly #total: number;
  #shownTenth = -1;

  constructor(label: string, total: number, out: TextOutput) {
    this.#label = label;
    this.#total = total;
    this.#out = out;
  }

  /** Says that `done` of the total are done. It may go back, when a unit of work is begun again. */
  show(done: number): void {
    const share = this.#total === 0 ? 1 : done / this.#total;
    if (this.#out.isTTY === true) {
      const filled = Math.round(share * WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      this.#out.write(`\r${this.#label} ${bar} ${this.#figures(done)}${share === 1 ? '\n' : ''}`);
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth === this.#shownTenth) return;
    this.#shownTenth = tenth;
    this.#out.write(`${this.#label} ${tenth * 10} % ${this.#figures(done)}\n`);
  }

  #figures(done: number): string {
    return `${done.toLocaleString('en')} of ${this.#total.toLocaleString('en')}`;
  }
}
