// Copied beside the entries: runs a program with DATABASE_URL naming a PostgreSQL started from our tarball.
import { spawn } from 'node:child_process';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';

const server = await startEmbeddedPostgres({ durability: 'fast' });
const program = spawn(process.execPath, process.argv.slice(2), {
  stdio: 'inherit',
  env: { ...process.env, DATABASE_URL: server.url },
  timeout: 60_000,
});
program.once('close', async (code) => {
  await server.stop();
  process.exitCode = code ?? 1;
});
