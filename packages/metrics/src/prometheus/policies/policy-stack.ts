/** What is asked of a `Resilience`. Its policies show figures if they have any. */
export interface PolicyStack {
  readonly name: string | null;
  readonly policies: readonly object[];
}
