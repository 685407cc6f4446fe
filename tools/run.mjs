// Every command of the README on a machine that has nothing but Node: fetches a pinned pnpm through npx, installs, and
// runs the task. Calling it from under pnpm is fine too.
import { spawn } from 'node:child_process';
import { onLauncherGone } from './launcher-gone.mjs';

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
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => signal !== 'SIGINT' && child?.kill(signal));
}

onLauncherGone(() => child?.kill('SIGTERM'));

/** Runs a command with our terminal, or shows what it said only if it fails; then this process ends with its code. */
function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve) => {
    const said = [];
    child = spawn(command, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', env, ...options });
    child.stdout?.on('data', (chunk) => said.push(chunk));
    child.stderr?.on('data', (chunk) => said.push(chunk));
    child.once('error', (error) => {
      console.error(error.message);
      process.exit(1);
    });
    child.once('close', (code, signal) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(said), () => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
    });
  });
}

const node = (...args) => run(process.execPath, args);

const [pnpmCommand, ...pnpmArgs] = /^pnpm\//.test(env.npm_config_user_agent ?? '') ? ['pnpm'] : ['npx', '--yes', PNPM];
const shell = process.platform === 'win32';
const pnpm = (...args) => run(pnpmCommand, [...pnpmArgs, ...args], { shell });
const pnpmQuietly = (...args) => run(pnpmCommand, [...pnpmArgs, ...args], { shell, quiet: true });

/** Builds a package and all that it needs; says more only when that fails. */
async function build(name) {
  console.log('Building…');
  await pnpmQuietly('exec', 'turbo', 'run', 'build', '--output-logs=errors-only', `--filter=${name}...`);
}

/** The tools of the checks are a project of their own, so that the demo and the tests need not fetch them. */
const installTools = () =>
  pnpm('--dir', 'tools/check', 'install', '--frozen-lockfile', '--prefer-offline', '--loglevel=error');

/** Runs one of those tools' programs; pnpm and turbo are found by it. */
async function withTools(...args) {
  await installTools();
  await pnpm('exec', 'node', ...args, ...rest);
}

/** Of the benchmark, its whole comparison, and that of caches: other libraries are a project of their own too. */
const comparesWithPeers = () =>
  ((rest[0]?.startsWith('-') ?? true) && !rest.includes('--quick')) || rest[0] === 'cache';

const tasks = {
  async demo() {
    await build('@holdfast/demo');
    await node('apps/demo/dist/main.js', ...rest);
  },
  test: () => node('node_modules/jest/bin/jest.js', '--config', 'jest/all.mjs', ...rest),
  async bench() {
    await build('@holdfast/benchmark');
    if (comparesWithPeers()) await node('apps/benchmark/peers/install.mjs', pnpmCommand, ...pnpmArgs);
    await node('apps/benchmark/dist/main.js', ...rest);
  },
  async soak() {
    await build('@holdfast/benchmark');
    await node('apps/benchmark/dist/main.js', 'soak', ...rest);
  },
  walks: () => node('--import', './jest/typescript.mjs', 'packages/base/walks/main.ts', ...rest),
  fuzz: () => node('--import', './jest/typescript.mjs', 'packages/base/fuzz/main.ts', ...rest),
  'cache-history': () => node('--import', './jest/typescript.mjs', 'packages/cache/history/main.ts', ...rest),
  chaos: () => node('--import', './jest/typescript.mjs', 'apps/chaos/src/main.ts', ...rest),
  'chaos:levels': () => node('--import', './jest/typescript.mjs', 'apps/chaos/src/main.ts', '--level', 'all', ...rest),
  async 'new-domain'() {
    await withTools('tools/new-domain.mjs');
    await pnpm('install', '--no-frozen-lockfile', '--prefer-offline', '--loglevel=warn');
    await pnpm('exec', 'node', 'tools/check/write-statements.mjs');
  },
  statements: () => withTools('tools/check/write-statements.mjs'),
  check: () => withTools('tools/check/main.mjs'),
  'check:planted': () => withTools('tools/check/planted.mjs'),
  format: () => withTools('tools/check/node_modules/prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.'),
  version: () => withTools('tools/check/node_modules/@changesets/cli/bin.js', 'version'),
};

if (!Object.hasOwn(tasks, task)) {
  console.error(`No such task: ${task}. There are ${Object.keys(tasks).join(', ')}.`);
  process.exit(2);
}
// An explicit install: when the automatic one of `pnpm run` fails, pnpm only warns and goes on.
await pnpm('install', '--loglevel=warn');
await tasks[task]();
