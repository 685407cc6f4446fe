/** What waits for a time to pass: an object, since hot paths have one already, and a closure would be another. */
export interface Alarm {
  ring(): void;
}

/** A time that passes. */
export interface Timer {
  /** Its alarm does not ring, unless it has rung. Stopping again does nothing. */
  stop(): void;
}
