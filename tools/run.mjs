// Every command of the README on a machine that has nothing but Node: re-enter under a pinned pnpm (fetched by npx),
// install, then run the task.
import { spawn } from 'node:child_process';

const PNPM = 'pnpm@12.21.0';
const [task, ...rest] = process.argv.slice(2);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Holdfast needs Node 20.19 or later; this is ${process.version}.`);
  process.exit(1);
}

const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  npm_config_ignore_scripts: 'false', // pnpm links its own binary in an install script
  npm_config_update_notifier: 'false',
  npm_config_loglevel: 'error',
};

let child;
// Ctrl-C reaches the whole group by itself: stay alive until the child has finished, or the prompt comes back too early.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && child?.kill(signal));

/** Runs a command with our terminal; ends this process with its code if it fails. */
function run(command, args) {
  return new Promise((resolve) => {
    child = spawn(command, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
    child.once('error', (error) => {
      console.error(error.message);
      process.exit(1);
    });
    child.once('exit', (code, signal) =>
      code === 0 ? resolve() : process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)),
    );
  });
}

const turbo = (...args) => run('turbo', args);
const quiet = '--output-logs=errors-only';

/** The tools of the checks are a project of their own, so that the demo and the tests need not fetch them. */
const installTools = () =>
  run('pnpm', ['--dir', 'tools/check', 'install', '--frozen-lockfile', '--prefer-offline', '--loglevel=error']);

const tasks = {
  async demo() {
    await turbo('run', 'build', quiet, '--filter=@holdfast/demo...');
    await run('node', ['apps/demo/dist/main.js', ...rest]);
  },
  async test() {
    await run('jest', ['--config', 'jest/all.mjs', ...rest]);
  },
  async bench() {
    await turbo('run', 'build', quiet, '--filter=@holdfast/benchmark...');
    await run('node', ['apps/benchmark/dist/main.js', ...rest]);
  },
  async check() {
    await installTools();
    await run('node', ['tools/check/main.mjs', ...rest]);
  },
  async 'check:planted'() {
    await installTools();
    await run('node', ['tools/check/planted.mjs', ...rest]);
  },
  async format() {
    await installTools();
    await run('tools/check/node_modules/.bin/prettier', ['--write', '--log-level=warn', '.', ...rest]);
  },
  async version() {
    await installTools();
    await run('tools/check/node_modules/.bin/changeset', ['version', ...rest]);
  },
};

if (!/^pnpm\//.test(process.env.npm_config_user_agent ?? '')) {
  // An explicit install: when the automatic one of `pnpm run` fails, pnpm only warns and goes on.
  await run('npx', ['--yes', PNPM, 'install', '--loglevel=warn']);
  await run('npx', ['--yes', PNPM, 'run', task, ...rest]);
} else {
  await tasks[task]();
}
