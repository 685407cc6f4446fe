/** One message from a client, of PostgreSQL's protocol 3. */
export interface FrontendMessage {
  /** The letter that tells its kind, or an empty text for the untyped ones that open a connection. */
  readonly kind: string;
  readonly body: Buffer;
}

/** Cuts a client's byte stream into its messages. */
export class FrontendMessages {
  #rest: Buffer = Buffer.alloc(0);
  #opened = false;

  /** The messages that `chunk` completes. */
  *read(chunk: Buffer): Generator<FrontendMessage> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const header = this.#opened ? 1 : 0;
      if (this.#rest.length < header + 4) return;
      const end = header + this.#rest.readInt32BE(header);
      if (this.#rest.length < end) return;
      const kind = this.#rest.toString('latin1', 0, header);
      const body = this.#rest.subarray(header + 4, end);
      this.#rest = this.#rest.subarray(end);
      if (!this.#opened) this.#opened = isStartup(body);
      yield { kind, body };
    }
  }
}

/** What opens a connection; requests for encryption come before it and are untyped as well. */
function isStartup(body: Buffer): boolean {
  return body.length >= 4 && body.readInt32BE(0) >> 16 === 3;
}
