/**
 * What the watchdog runs, by `node -e`: a text, because it must run from sources and from the built package alike.
 * A process that does not end within 20 s of its signal is killed.
 */
export const watchdogProgram = `
const fs = require('node:fs');
const processes = new Map();
const folders = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

let text = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (text + chunk).split('\\n');
  text = lines.pop();
  for (const line of lines) {
    const [verb, subject, signal] = JSON.parse(line);
    if (verb === 'delete') folders.push(subject);
    if (verb === 'end') processes.set(subject, signal);
    if (verb === 'forget') processes.delete(subject);
  }
}).on('error', () => {}).on('close', finish);

function finish() {
  for (const [id, signal] of processes) send(id, signal);
  const patience = Date.now() + 20000;
  const timer = setInterval(() => {
    for (const id of untold()) {
      processes.set(id, 'SIGTERM');
      send(id, 'SIGTERM');
    }
    const running = [...processes.keys()].filter(isRunning);
    if (running.length > 0 && Date.now() < patience) return;
    for (const id of running) send(id, 'SIGKILL');
    clearInterval(timer);
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }, 20);
}

// Who is killed while it starts a process cannot tell of it any more. By Linux's /proc: elsewhere there are none.
function untold() {
  if (folders.length === 0 || !fs.existsSync('/proc/self/cmdline')) return [];
  return fs.readdirSync('/proc').map(Number).filter((id) => id > 0 && !processes.has(id) && isOurs(id));
}

function isOurs(id) {
  try {
    const [program, ...args] = fs.readFileSync('/proc/' + id + '/cmdline', 'utf8').split('\\0');
    return /(?:^|\\/)(?:initdb|postgres)$/.test(program) && args.some((arg) => folders.includes(arg));
  } catch {
    return false;
  }
}

function send(id, signal) {
  try {
    process.kill(id, signal);
  } catch {}
}

function isRunning(id) {
  try {
    process.kill(id, 0);
  } catch {
    return false;
  }
  try {
    return !/^\\d+ \\(.*\\) [ZX] /.test(fs.readFileSync('/proc/' + id + '/stat', 'utf8'));
  } catch {
    return true;
  }
}
`;
