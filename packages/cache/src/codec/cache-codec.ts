/** How values become texts that a server keeps. */
export interface CacheCodec<Value> {
  /** Which one it is, where it has versions. */
  readonly version?: number;
  /** Throws for a value that would not come back as it is. */
  encode(value: Value): string;
  /** Null for a text that is none of its own: of another version, for instance. Then there is no entry. */
  decode(text: string): Value | null | Promise<Value | null>;
}
