// `npm run check:clean-clone`: the two commands of the README in a clone of the last commit, with an empty home and empty
// caches, as root and as nobody: do they work, and do they leave nothing behind? `-- --warm` takes this machine's caches along,
// `--tested` is for after `npm test`: it leaves that out for who runs this, and runs as nobody what depends on the user, which
// is whatever starts processes of its own.
import path from 'node:path';
import { clearAway, leftovers } from './clean-clone/leftovers.mjs';
import { newMachine } from './clean-clone/machine.mjs';
import { start } from './clean-clone/start.mjs';
import { users } from './clean-clone/users.mjs';

const root = path.resolve(import.meta.dirname, '..');
const warm = process.argv.includes('--warm');
const isTested = process.argv.includes('--tested');
const OF_THE_USER = ['packages/embedded-postgres', 'packages/testing', 'apps/demo'];
// They ask a demo of their own process, for a minute.
const NOT_OF_THE_USER = 'apps/demo/test/tenant-';
const TEST_MS = 20 * 60_000;
const DEMO_MS = 5 * 60_000;
const END_MS = 30_000;
// A shell between npm and the demo reports the signal that it got itself, however well the demo ends.
const ENDED_BY_CTRL_C = [0, 130, 'SIGINT'];

let passed = 0;
let failed = 0;

/** One line for one fact; `complaint` is null if it holds. */
function fact(title, complaint) {
  if (complaint === null) passed += 1;
  else failed += 1;
  console.log(
    `${complaint === null ? '✓' : '✗'} ${title}${complaint === null ? '' : `\n${complaint.replace(/^/gm, '    ')}`}`,
  );
}

const lastLines = (text) => text.trimEnd().split('\n').slice(-40).join('\n');

/** What Jest says about a run in a few lines: the titles of what failed and the sums. */
function failures(text) {
  const lines = text.split('\n').filter((line) => /^\s+● |^FAIL |^Tests: |^Test Suites: |^\d+ passed, /.test(line));
  return lines.length > 0 ? [...new Set(lines)].slice(0, 60).join('\n') : lastLines(text);
}

/** The end of a command, or null when the time is over; then the whole group is killed. */
async function endWithin(command, milliseconds) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds, null)));
  const end = await Promise.race([command.ended, late]);
  clearTimeout(timer);
  if (end === null) command.signal('SIGKILL');
  return end;
}

async function runTests(machine, projects = []) {
  const chosen =
    projects.length === 0 ? [] : ['--', '--selectProjects', ...projects, '--testPathIgnorePatterns', NOT_OF_THE_USER];
  const command = start('npm', ['test', ...chosen], machine.options);
  const end = await endWithin(command, TEST_MS);
  const summary = /^\d+ passed, \d+ failed.*$/m.exec(command.output());
  return end === 0 && summary ? null : `ended with ${end ?? 'no answer in time'}\n${failures(command.output())}`;
}

/** `npm test`, as far as it has not been run already. */
function testsOf(place) {
  if (!isTested) return [['npm test', (machine) => runTests(machine)]];
  return place === 0 ? [] : [['npm test of what starts processes', (machine) => runTests(machine, OF_THE_USER)]];
}

/** Starts the demo and waits for the address that it prints. */
async function startDemo(machine) {
  const command = start('npm', ['run', 'demo', '--', '--port', '0'], machine.options);
  const address = await command.printed(/http:\/\/127\.0\.0\.1:\d+(?=\s)/, DEMO_MS);
  return { command, address };
}

async function runDemo(machine) {
  const { command, address } = await startDemo(machine);
  const ready = address && (await fetch(`${address[0]}/health/ready`).catch((error) => error));
  if (address) command.signal('SIGINT');
  const end = await endWithin(command, address ? END_MS : 0);
  if (!address) return `printed no address\n${lastLines(command.output())}`;
  if (ready.status !== 200) return `GET /health/ready answered ${ready.status ?? ready.message}`;
  return ENDED_BY_CTRL_C.includes(end)
    ? null
    : `Ctrl-C ended it with ${end ?? 'no answer in time'}\n${lastLines(command.output())}`;
}

async function killDemo(machine) {
  const { command, address } = await startDemo(machine);
  if (address) command.kill();
  const end = await endWithin(command, address ? END_MS : 0);
  return end === null ? `did not end\n${lastLines(command.output())}` : null;
}

for (const [place, user] of users().entries()) {
  const machine = newMachine(root, user, warm);
  try {
    for (const [title, run] of [...testsOf(place), ['npm run demo', runDemo], ['npm run demo, killed', killDemo]]) {
      const started = performance.now();
      const complaint = await run(machine);
      fact(`${user.name}: ${title} (${((performance.now() - started) / 1000).toFixed(0)} s)`, complaint);
      const left = await leftovers(machine);
      fact(`${user.name}: ${title} leaves nothing behind`, left.length === 0 ? null : left.join('\n'));
      clearAway(machine);
    }
  } finally {
    machine.remove();
  }
}
if (process.platform !== 'linux') console.log('Processes were not looked for: that needs /proc.');

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
