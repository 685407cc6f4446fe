import type { SqlWriter } from '../entity/sql-writer.js';
import type { TextParts } from '../entity/text-parts.js';

/** A position as parts of the text of the seek from it, with its values as `bindPosition` gives them. */
export function positionParts(position: readonly (string | null)[], writer: SqlWriter, into: TextParts): void {
  for (const text of position) {
    into.and(text === null ? 'null' : 'value');
    if (text !== null) writer.text(text, '');
  }
}
