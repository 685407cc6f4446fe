import { spawn } from 'node:child_process';

/** Runs a command to its end and gives what it printed; a code other than 0 is an answer and no exception. */
export function capture(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
  });
}

/** For a tool that printed no report: all that it said, as an error. */
export function brokenTool(name, { code, stdout, stderr }) {
  return new Error(`${name} ended with ${code} and without a report:\n${stdout.slice(-2000)}${stderr.slice(-4000)}`);
}
