import type { Socket } from 'node:net';
import { answerPart } from './answer-part.js';
import { Conversation } from './conversation.js';
import type { FaultKind } from './fault-kind.js';
import type { DueFault, FaultSchedule } from './fault-schedule.js';
import { type Judge, MessageLane, type Verdict } from './message-lane.js';
import type { Occasion } from './occasion.js';
import { reset } from './reset.js';

const READY_FOR_QUERY = 0x5a;
const PROTOCOL_3 = 3;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;

// Parse, Bind, Query, Execute, Close: what they begin with is looked into.
const lookedInto = new Set([...'PBQEC'].map((kind) => kind.charCodeAt(0)));
// CopyData, CopyDone, CopyFail: what a batch is given that has been sent. Otherwise the server ignores them.
const copies = new Set([...'dcf'].map((kind) => kind.charCodeAt(0)));
const MOST_BYTES_SEEN = 64 * 1024;

const lastThing: ReadonlySet<FaultKind> = new Set<FaultKind>(['cutAfter', 'resetAfter', 'holdAfter']);
const silences: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'holdBefore',
  'holdAfter',
  'clientCutServerHold',
  'dropToServer',
  'dropToClient',
]);

/** A client's connection to the server, which at most one fault ends. */
export class FaultyConnection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #schedule: FaultSchedule;
  readonly #conversation = new Conversation();
  readonly #toServer: MessageLane;
  readonly #toClient: MessageLane;
  readonly #left = new Set<Socket>();
  // The one that is on its way, or that has landed and stays.
  #fault: DueFault | null = null;
  #hasLanded = false;
  /** Resolves when nothing of it is open any more. */
  readonly closed: Promise<unknown>;

  constructor(client: Socket, server: Socket, schedule: FaultSchedule) {
    this.#client = client;
    this.#server = server;
    this.#schedule = schedule;
    const sockets = [client, server];
    this.closed = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    for (const socket of sockets) {
      socket.setNoDelay(true);
      // What is lost shows in its end.
      socket.on('error', () => {});
    }
    this.#toServer = new MessageLane(client, server, this.#clientJudge, false);
    this.#toClient = new MessageLane(server, client, this.#serverJudge, true);
    for (const socket of sockets) {
      socket.on('end', () => this.#leave(socket));
      socket.on('close', () => this.#leave(socket));
    }
  }

  /** Whether a fault keeps it open in silence, in one direction at least. */
  get isHeld(): boolean {
    return this.#hasLanded && this.#fault !== null && silences.has(this.#fault.plan.fault);
  }

  /** Ends both sides. */
  cut(): void {
    this.#silence();
    this.#client.destroy();
    this.#server.destroy();
  }

  readonly #clientJudge: Judge = {
    bytesToSee: (kind) => (kind === 0 ? 8 : lookedInto.has(kind) ? MOST_BYTES_SEEN : 5),
    judge: (kind, bytes, at, end) => {
      if (kind === 0) return this.#open(bytes.readInt32BE(at + 4));
      const occasion = this.#conversation.ask(kind, bytes, at, end);
      if (this.#isTooLate(occasion, kind)) return 'drop';
      return occasion === null ? 'pass' : this.#meet(occasion);
    },
  };

  readonly #serverJudge: Judge = {
    bytesToSee: (kind) => (kind === READY_FOR_QUERY ? 6 : 5),
    judge: (kind, bytes, at) => {
      const { batch, statements } = this.#conversation.answered;
      this.#conversation.answer(kind, bytes, at);
      if (this.#fault === null || this.#hasLanded) return 'pass';
      return this.#answer(this.#fault, kind, { batch, statements });
    },
  };

  #open(request: number): Verdict {
    if (request === SSL_REQUEST || request === GSS_REQUEST) {
      this.#client.write('N');
      return 'drop';
    }
    if (request >> 16 !== PROTOCOL_3) return 'pass';
    this.#toServer.isTyped = true;
    return this.#meet(this.#conversation.startUp());
  }

  /** Whether the fault is to be the last thing that happens, and this would come after it. */
  #isTooLate(occasion: Occasion | null, kind: number): boolean {
    if (copies.has(kind)) return false;
    if (this.#fault === null || this.#fault.occasion.connects || !lastThing.has(this.#fault.plan.fault)) return false;
    return (occasion?.batch ?? this.#conversation.asked.batch) > this.#fault.occasion.batch;
  }

  /** A message at which a fault may land has come from the client. */
  #meet(occasion: Occasion): Verdict {
    if (this.#fault !== null) return 'pass';
    const due = this.#schedule.due(occasion);
    if (due === null) return 'pass';
    this.#fault = due;
    const { fault, delayMs = 0, answerDelayMs = 0 } = due.plan;
    switch (fault) {
      case 'cutBefore':
        return () => this.#strike(() => this.#cutBoth());
      case 'resetBefore':
        return () => this.#strike(() => this.#resetBoth());
      case 'holdBefore':
        return () => this.#strike(() => this.#silence());
      case 'clientCutServerHold':
        return () => this.#strike(() => this.#cutClient());
      case 'dropToServer':
        return () => this.#strike(() => this.#toServer.silence());
      case 'delay':
        if (delayMs === 0) return 'pass';
        return () => this.#toServer.stall(delayMs, () => answerDelayMs === 0 && this.#passOn());
      default:
        return 'pass';
    }
  }

  /** A message has come from the server while a fault is on its way. */
  #answer({ plan, occasion }: DueFault, kind: number, answered: { batch: number; statements: number }): Verdict {
    const { fault, answerDelayMs = 0 } = plan;
    if (fault === 'delay' && answerDelayMs === 0) return 'pass';
    const part = answerPart(plan, occasion, kind, answered);
    if (part !== 'complete') return part === 'none' ? 'pass' : 'drop';
    switch (fault) {
      case 'cutAfter':
        return () => this.#strike(() => this.#cutBoth());
      case 'resetAfter':
        return () => this.#strike(() => this.#resetBoth());
      case 'holdAfter':
        return () => this.#strike(() => this.#silence());
      case 'dropToClient':
        return () => this.#strike(() => this.#toClient.silence());
      default:
        return () => this.#toClient.stall(answerDelayMs, () => this.#passOn());
    }
  }

  #strike(strike: () => void): void {
    strike();
    this.#hasLanded = true;
    this.#fault?.landed();
  }

  /** A delay is over, and the connection as good as any. */
  #passOn(): void {
    this.#fault?.landed();
    this.#fault = null;
  }

  /** With an end on both sides rather than a reset, which is what a socket sends that is closed with bytes unread. */
  #cutBoth(): void {
    this.#silence();
    this.#client.end();
    this.#server.end();
  }

  #cutClient(): void {
    this.#silence();
    this.#client.end();
  }

  #resetBoth(): void {
    this.#silence();
    reset(this.#client);
    reset(this.#server);
  }

  #silence(): void {
    this.#toServer.silence();
    this.#toClient.silence();
  }

  #leave(socket: Socket): void {
    this.#left.add(socket);
    if (this.#left.has(this.#server) && this.#fault !== null && !this.#hasLanded) {
      // There will be no answer.
      const fault = this.#fault;
      this.#fault = null;
      fault.missed();
    }
    if (this.#left.size < 2) return;
    this.#client.destroySoon();
    this.#server.destroySoon();
  }
}
