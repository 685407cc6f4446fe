import { writeFile } from 'node:fs/promises';
import { type Profiler, Session } from 'node:inspector/promises';
import { topFunctions } from './top-functions.js';

/** Between two looks at the stack, in microseconds. */
const INTERVAL = 100;
/** Functions that are named. */
const NAMED = 40;

/** What was profiled. */
export interface Profiled {
  readonly operations: number;
  /** The functions that took most of the time themselves, one in each line. */
  readonly functions: string;
}

/** Profiles the CPU time of some work, and writes it as a .cpuprofile. */
export async function profile(work: () => Promise<{ readonly operations: number }>, file: string): Promise<Profiled> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
  await session.post('Profiler.start');
  const { operations } = await work();
  const { profile: taken } = (await session.post('Profiler.stop')) as Profiler.StopReturnType;
  session.disconnect();
  await writeFile(file, JSON.stringify(taken));
  return { operations, functions: topFunctions(taken, operations, NAMED) };
}
