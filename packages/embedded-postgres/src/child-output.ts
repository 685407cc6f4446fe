import { spawn, type SpawnOptionsWithoutStdio } from 'node:child_process';

export interface ChildOutput {
  /** Null if it was ended by a signal or did not start. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. Never rejects: a program that cannot be started is a status of null with the reason in stderr. */
export function childOutput(
  file: string,
  args: readonly string[],
  options: SpawnOptionsWithoutStdio,
  started: (processId: number) => void = () => {},
): Promise<ChildOutput> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    const child = spawn(file, args, options);
    if (child.pid !== undefined) started(child.pid);
    child.stdin.end();
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => void (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => void (stderr += chunk));
    child.once('error', (error) => resolve({ status: null, stdout, stderr: error.message }));
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}
