/** Where text goes: what is needed of `process.stdout` and its like. */
export interface TextOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}
