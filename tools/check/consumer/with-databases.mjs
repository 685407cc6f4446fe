// Copied beside the entries: runs one program after the other, each with DATABASE_URL naming an empty database of its own on a
// PostgreSQL started from our tarball, and prints what became of them as JSON.
import { spawn } from 'node:child_process';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import pg from 'pg';

const LIMIT_MS = 60_000;

const server = await startEmbeddedPostgres({ durability: 'fast' });
const runs = [];
for (const [index, program] of process.argv.slice(2).entries()) {
  runs.push({ program, ...(await run(program, await database(`example_${index}`))) });
}
await server.stop();
console.log(JSON.stringify(runs));

async function database(name) {
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

function run(program, url) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: url },
      timeout: LIMIT_MS,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('close', (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
  });
}
