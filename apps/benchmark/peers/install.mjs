// What `npm run bench` runs before it compares: fetches the peers, and generates Prisma's client. The command of pnpm is
// given as its arguments. What fails is said and no more: a peer that is not there is named by the bench and left out.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const folder = import.meta.dirname;
const [pnpm, ...pnpmArgs] = process.argv.slice(2);

/** Runs a program in this folder; resolves to why it failed, or to null. */
const failureOf = (program, args, options) =>
  promisify(execFile)(program, args, { cwd: folder, ...options }).then(
    () => null,
    ({ stdout = '', stderr = '', message }) => `${stdout}${stderr}`.trim() || message,
  );

const install = () =>
  failureOf(
    pnpm,
    [...pnpmArgs, '--dir', folder, 'install', '--frozen-lockfile', '--prefer-offline', '--loglevel=error'],
    { shell: process.platform === 'win32' },
  );

/** Prisma's compiler of queries is WebAssembly: it asks for the path of its schema engine and does not start it. */
const generate = () =>
  failureOf(process.execPath, ['node_modules/prisma/build/index.js', 'generate', '--schema', 'schema.prisma'], {
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  });

/** It generates TypeScript, which Node 20 does not run. */
const compile = () =>
  failureOf(process.execPath, [
    'node_modules/typescript/bin/tsc',
    'dist/prisma-source/client.ts',
    ...['--ignoreConfig', '--noCheck', '--target', 'es2023', '--module', 'nodenext', '--outDir', 'dist/prisma'],
  ]);

console.log('Fetching the libraries to compare with…');
await rm(`${folder}/dist`, { recursive: true, force: true });
const failed = (await install()) ?? (await generate()) ?? (await compile());
if (failed) {
  console.error(failed);
  // Whoever imports the client is told why it is missing.
  const reason = `it cannot be generated: ${failed.replaceAll(folder, '.').replaceAll(/\s+/g, ' ')}`;
  await mkdir(`${folder}/dist/prisma`, { recursive: true });
  await writeFile(`${folder}/dist/prisma/client.js`, `throw new Error(${JSON.stringify(reason)});\n`);
}
