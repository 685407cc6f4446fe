import { FrontendMessages } from './frontend-messages.js';

/** What one client has the server do, read off its bytes. */
export class WireStatements {
  readonly #messages = new FrontendMessages();
  readonly #prepared = new Map<string, string>();
  readonly #portals = new Map<string, string>();
  readonly #onTrip: () => void;
  readonly #onStatement: (sql: string) => void;

  constructor(onTrip: () => void, onStatement: (sql: string) => void) {
    this.#onTrip = onTrip;
    this.#onStatement = onStatement;
  }

  see(chunk: Buffer): void {
    for (const { kind, body } of this.#messages.read(chunk)) {
      const [first = '', second = ''] = body.toString('utf8').split('\0', 2);
      if (kind === 'Q') {
        this.#onStatement(first);
        this.#onTrip();
      } else if (kind === 'S') this.#onTrip();
      else if (kind === 'P') this.#prepared.set(first, second);
      else if (kind === 'B') this.#portals.set(first, this.#prepared.get(second) ?? '');
      else if (kind === 'E') this.#onStatement(this.#portals.get(first) ?? '');
    }
  }
}
