import type { CursorBinding } from '../page/cursor-binding.js';
import type { BoundText } from './bound-text.js';

/** What the cursors of a search are bound to; put into texts only when a cursor is made or read. */
export class SearchBinding implements CursorBinding {
  readonly isConfidential: boolean;
  readonly #text: BoundText;
  readonly #values: readonly (string | null)[];
  // A page has as many cursors as it has items.
  #order: string | null = null;
  #filter: string | null = null;

  /** `values` are those of the statement, of which those of the binding are there already. */
  constructor(text: BoundText, values: readonly (string | null)[], isConfidential: boolean) {
    this.isConfidential = isConfidential || text.args.keys.some(({ confidential }) => confidential);
    this.#text = text;
    this.#values = values;
  }

  get entity(): string {
    return this.#text.args.entity;
  }

  get order(): string {
    return (this.#order ??= this.#text.order(this.#values));
  }

  get filter(): string {
    return (this.#filter ??= this.#text.filter(this.#values));
  }
}
