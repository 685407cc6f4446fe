import { nobodysRows, setsRowScope } from '../row-level-security/row-scope-settings.js';
import type { Step } from '../wire/statement.js';

/** Whose rows the statements of a transaction may touch, as far as specs have said something else for themselves. */
export class RowScopeInForce {
  /** Whose rows may be touched where nothing else is said: what the transaction was opened with, or nobody's. */
  readonly standing: Step;
  // Whether a spec has said another, ever, and since it was last taken back.
  #hasBeenLeft = false;
  #isLeft = false;

  constructor(beginning: readonly Step[]) {
    this.standing = beginning.find(setsRowScope) ?? nobodysRows;
  }

  /** Whether an earlier spec's is still in force, and is to be taken back for what says nothing. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  note(steps: readonly Step[]): void {
    const last = steps.findLast(setsRowScope);
    if (last === undefined) return;
    this.#isLeft = last !== this.standing;
    this.#hasBeenLeft ||= this.#isLeft;
  }

  /** A savepoint was rolled back to: what was set before it is in force again. */
  cameBack(): void {
    this.#isLeft = this.#hasBeenLeft;
  }
}
