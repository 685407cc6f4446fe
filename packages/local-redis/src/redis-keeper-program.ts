/**
 * What the keeper runs, by `node -e`: a text, because it must run from sources and from the built package alike. It starts
 * the servers itself, so that none is without an owner at any moment, and ends them when its standard input ends, which
 * the kernel closes however we end, SIGKILL included.
 */
export const redisKeeperProgram = `
const fs = require('node:fs');
const { spawn } = require('node:child_process');
const [folder, binary] = process.argv.slice(1);
const servers = new Map();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdout.on('error', () => {});
const tell = (...message) => process.stdout.write(JSON.stringify(message) + '\\n');
fs.mkdirSync(folder, { mode: 0o700 });

let text = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (text + chunk).split('\\n');
  text = lines.pop();
  for (const line of lines) {
    const [verb, id, argument] = JSON.parse(line);
    if (verb === 'start') start(id, argument);
    if (verb === 'signal') servers.get(id)?.kill(argument);
  }
}).on('error', () => {}).on('close', finish);

function start(id, args) {
  const server = spawn(binary, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const keep = (chunk) => (log = (log + chunk).slice(-4000));
  server.stdout.on('data', keep);
  server.stderr.on('data', keep);
  servers.set(id, server);
  const ended = (error) => {
    servers.delete(id);
    tell('ended', id, error instanceof Error ? error.message : log);
  };
  server.once('error', ended).once('close', ended);
  if (server.pid !== undefined) tell('started', id, server.pid);
}

async function finish() {
  const ends = [...servers.values()].map((server) => new Promise((resolve) => server.once('close', resolve)));
  for (const server of servers.values()) server.kill('SIGKILL');
  await Promise.all(ends);
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.exit();
}
`;
