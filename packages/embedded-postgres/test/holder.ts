import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from '@holdfast/embedded-postgres';

const root = path.resolve(__dirname, '../../..');
const fromSources = [
  '--import',
  path.join(root, 'jest/typescript.mjs'),
  path.join(__dirname, 'programs/hold-a-server.ts'),
];

export interface HolderArgs {
  readonly options?: EmbeddedPostgresOptions;
  /** What Node runs. Default: the program from our sources. */
  readonly program?: readonly string[];
  readonly temporaryFolder?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** Another process that holds a server; the leader of a process group of its own, as a terminal would make it. */
export class Holder {
  static readonly #all: Holder[] = [];

  /** For the end of each test: a holder that a failed test left behind would keep the run from ending. */
  static killAll(): void {
    for (const holder of Holder.#all.splice(0)) holder.#child.kill('SIGKILL');
  }

  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #log = '';

  constructor({ options = {}, program = fromSources, temporaryFolder, ...user }: HolderArgs) {
    const env = { ...process.env, ...(temporaryFolder === undefined ? {} : { TMPDIR: temporaryFolder }) };
    this.#child = spawn(process.execPath, [...program, JSON.stringify(options)], {
      ...user,
      env,
      cwd: '/',
      detached: true,
    });
    this.#child.stderr.setEncoding('utf8').on('data', (chunk: string) => void (this.#log += chunk));
    Holder.#all.push(this);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async server(): Promise<Omit<EmbeddedPostgres, 'stop'>> {
    return JSON.parse(await this.line());
  }

  /** The next line that it prints. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`It ended: ${this.#log}`);
    return value;
  }

  tell(text: string): void {
    this.#child.stdin.write(text);
  }

  /** To the whole process group, as Ctrl-C does it. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.#child.pid!, signal);
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.#child.kill(signal);
    await this.ended();
  }

  /** Its exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode ?? this.#child.signalCode!;
  }
}
