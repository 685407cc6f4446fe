import type { Round } from './comparison.js';
import type { OperationName } from './operation-name.js';
import type { SliceResult } from './slice.js';

/** What is known so far of operations that are measured together, be it in several starts. */
export class Measured {
  readonly operations: readonly OperationName[];
  /** For each operation the rounds, with a slice of each contender that is not left out. */
  readonly #rounds: ReadonlyMap<OperationName, Map<string, SliceResult>[]>;
  readonly #leftOut = new Map<OperationName, Set<string>>();
  #count = 0;

  constructor(operations: readonly OperationName[]) {
    this.operations = operations;
    this.#rounds = new Map(operations.map((operation) => [operation, []]));
  }

  /** Begins a round, with the turns in the order that they have in it: whoever goes first in one goes last in the next. */
  nextRound<Turn>(turns: readonly Turn[]): readonly Turn[] {
    for (const rounds of this.#rounds.values()) rounds.push(new Map());
    return this.#count++ % 2 === 0 ? turns : [...turns].reverse();
  }

  /** A slice of the round that was begun last. */
  add(operation: OperationName, contender: string, slice: SliceResult): void {
    this.#rounds.get(operation)!.at(-1)!.set(contender, slice);
  }

  /** Leaves a contender out of an operation, out of what was measured of it, too. */
  leaveOut(operation: OperationName, contender: string): void {
    const names = this.#leftOut.get(operation) ?? new Set();
    this.#leftOut.set(operation, names.add(contender));
    for (const round of this.#rounds.get(operation)!) round.delete(contender);
  }

  isLeftOut(operation: OperationName, contender: string): boolean {
    return this.#leftOut.get(operation)?.has(contender) === true;
  }

  /** Who was left out of what. */
  get leftOut(): readonly (readonly [operation: OperationName, contender: string])[] {
    return [...this.#leftOut].flatMap(([operation, names]) => [...names].map((name) => [operation, name] as const));
  }

  /** The operations that there are rounds of. */
  get seen(): ReadonlyMap<OperationName, readonly Round[]> {
    return new Map([...this.#rounds].filter(([, rounds]) => rounds.length > 0));
  }
}
