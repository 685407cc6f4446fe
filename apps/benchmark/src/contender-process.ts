import { AskedProcess } from './asked-process.js';
import type { OperationName } from './operation-name.js';
import type { Profiled } from './profile.js';
import type { SliceResult } from './slice.js';

/** What a contender's process is asked. */
export type Question =
  | { readonly ask: 'open'; readonly url: string; readonly connections: number; readonly place: number }
  | { readonly ask: 'sample'; readonly operation: OperationName }
  | { readonly ask: 'prepare'; readonly operation: OperationName; readonly callers: number }
  | { readonly ask: 'rehearse'; readonly operation: OperationName; readonly callers: number; readonly cpuMs: number }
  | { readonly ask: 'slice'; readonly operation: OperationName; readonly callers: number; readonly ms: number }
  | {
      readonly ask: 'profile';
      readonly operation: OperationName;
      readonly callers: number;
      readonly ms: number;
      readonly file: string;
    };

/** What it answers. */
export interface Answers {
  /** What it is, or why it cannot be opened. */
  open: { readonly version: string; readonly operations: readonly OperationName[] } | { readonly missing: string };
  /** What an operation returned and left in the table, as a text in which what differs by nature is the same. */
  sample: string;
  prepare: null;
  rehearse: null;
  slice: SliceResult;
  profile: Profiled;
}

/** A contender in a process of its own. */
export class ContenderProcess {
  readonly version: string;
  readonly #process: AskedProcess<Question, { readonly answer: Answers[keyof Answers] }>;
  readonly #operations: readonly OperationName[];

  private constructor(
    process: AskedProcess<Question, { readonly answer: Answers[keyof Answers] }>,
    version: string,
    operations: readonly OperationName[],
  ) {
    this.#process = process;
    this.version = version;
    this.#operations = operations;
  }

  /** Starts it; or says why it cannot be, if it is none of those that are always there. */
  static async start(
    name: string,
    url: string,
    connections: number,
    place: number,
  ): Promise<ContenderProcess | { readonly missing: string }> {
    const program = new URL('./contender-main.js', import.meta.url);
    const process = await AskedProcess.start<Question, { readonly answer: Answers[keyof Answers] }>(program, [name]);
    const { answer } = await process.ask({ ask: 'open', url, connections, place });
    const opened = answer as Answers['open'];
    if (!('missing' in opened)) return new ContenderProcess(process, opened.version, opened.operations);
    await process.stop();
    return opened;
  }

  get name(): string {
    return this.#process.name;
  }

  takesPartIn(operation: OperationName): boolean {
    return this.#operations.includes(operation);
  }

  async ask<Ask extends Question['ask']>(question: Question & { readonly ask: Ask }): Promise<Answers[Ask]> {
    return (await this.#process.ask(question)).answer as Answers[Ask];
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}
