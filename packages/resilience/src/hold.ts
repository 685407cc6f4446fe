/** What a policy holds for a call: a place in a bulkhead, for instance. */
export interface Hold {
  /** The policy. */
  readonly by: object;
  /** Whether it has been given back. */
  readonly isOver: boolean;

  /** Something of the call goes on though the call is answered: it is held until that has settled, too. */
  extendTo(work: Promise<unknown>): void;
}
