import type { Socket } from 'node:net';
import { reset } from './reset.js';

/**
 * What becomes of a message: it passes, it is dropped, or something is done first, with everything before it sent and
 * nothing after it seen. Then it passes, unless the lane was silenced.
 */
export type Verdict = 'pass' | 'drop' | (() => void);

/** Who decides about messages, whose kind is 0 while they have none. */
export interface Judge {
  /** How many bytes of a message, its header included, are to be there before it is judged: at least those of its header. */
  bytesToSee(kind: number): number;
  /** Judges the message that starts at `at`, of which the bytes up to `end` are to be looked at. */
  judge(kind: number, bytes: Buffer, at: number, end: number): Verdict;
}

/** One direction of a connection: hands bytes on as they come, message by message, without keeping them. */
export class MessageLane {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #judge: Judge;
  // What came of a message that cannot be judged yet, and how much of it can.
  #pieces: Buffer[] = [];
  #length = 0;
  #needed = 1;
  // How much of the message that was judged last is still to come, and whether it passes.
  #rest = 0;
  #passesRest = true;
  #isSilent = false;
  #timer: NodeJS.Timeout | null = null;
  /** Whether messages have a kind, as all but the ones that open a connection do. */
  isTyped: boolean;

  constructor(from: Socket, to: Socket, judge: Judge, isTyped: boolean) {
    this.#from = from;
    this.#to = to;
    this.#judge = judge;
    this.isTyped = isTyped;
    from.on('data', (chunk: Buffer) => this.#receive(chunk));
    from.on('end', () => this.#end());
    from.on('close', (hadError) => (hadError && !this.#isSilent ? reset(to) : this.#end()));
    to.on('drain', () => this.#flow());
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** From now on nothing comes through, and nobody is told, not even of the end. */
  silence(): void {
    this.#isSilent = true;
    this.#pieces = [];
    this.stop();
    this.#from.resume();
  }

  /** Lets nothing through for some time; what comes meanwhile comes later. */
  stall(ms: number, onEnd: () => void): void {
    this.#from.pause();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      onEnd();
      this.#work();
      this.#flow();
    }, ms);
  }

  /** Ends a stall without letting anything through. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #receive(chunk: Buffer): void {
    if (this.#isSilent) return;
    this.#pieces.push(chunk);
    this.#length += chunk.length;
    if (this.#timer === null && this.#length >= this.#needed) this.#work();
  }

  #work(): void {
    const bytes = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces, this.#length);
    let at = 0;
    let passesFrom = 0;
    this.#needed = 1;
    while (at < bytes.length) {
      if (this.#rest > 0) {
        const size = Math.min(this.#rest, bytes.length - at);
        this.#rest -= size;
        at += size;
        if (!this.#passesRest) passesFrom = at;
        continue;
      }
      const header = this.isTyped ? 5 : 4;
      this.#needed = header;
      if (bytes.length - at < header) break;
      const kind = this.isTyped ? bytes[at]! : 0;
      const length = header - 4 + bytes.readUInt32BE(at + header - 4);
      if (length < header) return void this.#from.destroy(new Error('A message has no end.'));
      const seen = Math.min(length, this.#judge.bytesToSee(kind));
      this.#needed = seen;
      if (bytes.length - at < seen) break;
      this.#needed = 1;
      const verdict = this.#judge.judge(kind, bytes, at, at + seen);
      this.#rest = length;
      this.#passesRest = verdict !== 'drop';
      if (verdict === 'pass') continue;
      this.#send(bytes.subarray(passesFrom, at));
      passesFrom = at;
      if (verdict === 'drop') continue;
      verdict();
      if (this.#isSilent) return;
      if (this.#timer !== null) break;
    }
    this.#send(bytes.subarray(passesFrom, at));
    this.#pieces = at === bytes.length ? [] : [bytes.subarray(at)];
    this.#length = bytes.length - at;
  }

  #send(bytes: Buffer): void {
    if (bytes.length > 0 && this.#to.writable && !this.#to.write(bytes)) this.#from.pause();
  }

  #flow(): void {
    if (this.#timer === null) this.#from.resume();
  }

  #end(): void {
    if (!this.#isSilent) this.#to.end();
  }
}
