import { ContenderProcess } from './contender-process.js';
import { contenders, PEERS } from './contenders/index.js';

/** All contenders by name, in the order of the report. */
export const CONTENDERS: readonly string[] = [...Object.keys(contenders), ...PEERS];

export interface OpenContenders {
  readonly processes: readonly ContenderProcess[];
  /** Those that are not there, with the reason why. */
  readonly missing: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** Starts contenders, each in a process of its own. */
export async function openContenders(
  names: readonly string[],
  url: string,
  connections: number,
): Promise<OpenContenders> {
  const processes: ContenderProcess[] = [];
  const missing = new Map<string, string>();
  const started = await Promise.all(names.map((name, place) => ContenderProcess.start(name, url, connections, place)));
  started.forEach((process, i) => {
    if ('missing' in process) missing.set(names[i]!, process.missing);
    else processes.push(process);
  });
  return {
    processes,
    missing,
    async close() {
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}
