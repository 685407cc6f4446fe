/** What a cursor is bound to besides its position: another entity, order, filter or scope refuses it. */
export interface CursorBinding {
  readonly entity: string;
  /** The order as text, with directions and placement of NULLs. */
  readonly order: string;
  /** Filter and scope as text, values included. */
  readonly filter: string;
  /** Whether the position may not be read by whoever holds the cursor. */
  readonly isConfidential: boolean;
}
