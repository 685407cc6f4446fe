/** A process warning that is given once, however often there is a reason for it. */
export class SingleWarning {
  readonly #code: string;
  readonly #text: string;
  #given = false;

  constructor(code: string, text: string) {
    this.#code = code;
    this.#text = text;
  }

  give(error: unknown): void {
    if (this.#given) return;
    this.#given = true;
    process.emitWarning(`${this.#text}: ${textOf(error)}`, { code: this.#code });
  }
}

function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'something that has no text';
  }
}
