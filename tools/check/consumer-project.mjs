import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { capture } from './capture.mjs';

/** What an example may use besides us: the compiler's view of Node and of the driver, an SDK that makes spans, policies of others. */
const besides = [
  '@opentelemetry/context-async-hooks',
  '@opentelemetry/sdk-trace-base',
  '@types/node',
  '@types/pg',
  'cockatiel',
  'opossum',
  '@types/opossum',
];

/**
 * A project outside of the workspace that has installed the tarballs, their peers and nothing else of ours.
 * `root` is only asked for the versions of the peers.
 */
export async function consumerProject(root, packed) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-install-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  cpSync(path.join(import.meta.dirname, 'consumer'), folder, { recursive: true });
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: {
      ...Object.fromEntries(packed.map(({ manifest, file }) => [manifest.name, `file:${file}`])),
      ...Object.fromEntries(packed.flatMap(({ folder: from, manifest }) => peersOf(path.join(root, from), manifest))),
      ...Object.fromEntries(besides.map((name) => [name, catalogVersion(root, name)])),
    },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  // One of ours that is missing among the tarballs must not come from anywhere else.
  writeFileSync(path.join(folder, '.npmrc'), '@holdfast:registry=http://127.0.0.1:9/\n');
  const result = await capture(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', '--fetch-retries=0'],
    { cwd: folder, env: withoutPnpm(process.env), shell: process.platform === 'win32' },
  );
  return { folder, remove, failure: result.code === 0 ? null : `${result.stdout}${result.stderr}`.trim() };
}

/** Each peer in the version that the package itself is built with. */
function peersOf(from, manifest) {
  return Object.entries(manifest.peerDependencies ?? {}).map(([name, range]) => {
    const installed = path.join(from, 'node_modules', name, 'package.json');
    return [name, existsSync(installed) ? JSON.parse(readFileSync(installed, 'utf8')).version : range];
  });
}

function catalogVersion(root, name) {
  const catalog = readFileSync(path.join(root, 'pnpm-workspace.yaml'), 'utf8');
  const line = catalog.split('\n').find((text) => [`'${name}':`, `${name}:`].includes(text.trim().split(' ')[0]));
  return line.split(': ')[1];
}

/** pnpm hands its settings to what it runs; npm would complain about those that it does not know. */
function withoutPnpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(npm_(?!config_(registry|cache|cafile)$)|pnpm_)/i.test(name)),
  );
}
