import { AskedProcess } from '../asked-process.js';
import type { BulkTask } from './bulk-task.js';
import type { MemoryUse } from './peak-memory.js';

/** What the process of a contender's bulk tasks is asked, and answers. */
export interface BulkQuestion {
  readonly task: BulkTask;
  readonly rows: number;
  /** How many rows each call has; null asks for the memory that one call takes. */
  readonly size: number | null;
}

export interface BulkTime {
  readonly count: number;
  readonly wallMicros: number;
  /** CPU time of the process, user and system. */
  readonly cpuMicros: number;
}

export interface BulkMemory {
  readonly count: number;
  readonly memory: MemoryUse;
}

export type BulkAnswer = BulkTime | BulkMemory;

/** A contender's bulk tasks in a process of their own, with the sizes of heap that V8 has by default. */
export class BulkProcess {
  readonly #process: AskedProcess<BulkQuestion, BulkAnswer>;

  private constructor(process: AskedProcess<BulkQuestion, BulkAnswer>) {
    this.#process = process;
  }

  static async start(contender: string, url: string): Promise<BulkProcess> {
    const program = new URL('./bulk-main.js', import.meta.url);
    return new BulkProcess(await AskedProcess.start(program, [contender, url], ['--expose-gc']));
  }

  get name(): string {
    return this.#process.name;
  }

  async time(task: BulkTask, rows: number, size: number): Promise<BulkTime> {
    return this.#counted(rows, await this.#process.ask({ task, rows, size })) as BulkTime;
  }

  async memory(task: BulkTask, rows: number): Promise<MemoryUse> {
    const answer = this.#counted(rows, await this.#process.ask({ task, rows, size: null }));
    return (answer as BulkMemory).memory;
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  #counted(rows: number, answer: BulkAnswer): BulkAnswer {
    if (answer.count !== rows) throw new Error(`${this.name} wrote ${answer.count} rows instead of ${rows}.`);
    return answer;
  }
}
