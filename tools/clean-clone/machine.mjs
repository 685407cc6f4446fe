import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What reaches the commands from outside: the way to the network, and nothing about us. */
const passed =
  /^(LANG|LC_.*|TERM|CI|(https?|no|all)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|npm_config_(registry|cafile))$/i;

/** Where npm and pnpm keep what they fetched, below a home. */
const caches = ['.npm', '.local/share/pnpm', '.cache/pnpm'];

/**
 * A machine that has only Node, as far as folders can tell: a clone of the last commit, a home, a folder for temporary
 * files, all new and all of `user`. With `warm` the home has a copy of this machine's caches.
 */
export function newMachine(root, user, warm) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-clean-clone-'));
  const at = (name) => path.join(folder, name);
  for (const name of ['home', 'tmp']) mkdirSync(at(name));
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', `file://${root}`, at('clone')]);
  if (warm) {
    for (const cache of caches.filter((name) => existsSync(path.join(os.homedir(), name)))) {
      cpSync(path.join(os.homedir(), cache), path.join(at('home'), cache), { recursive: true, verbatimSymlinks: true });
    }
  }
  if (user.uid !== undefined) {
    chmodSync(folder, 0o755);
    execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
  }
  const kept = Object.entries(process.env).filter(([name]) => passed.test(name));
  const system = process.platform === 'win32' ? process.env.PATH : `${path.dirname(process.execPath)}:/usr/bin:/bin`;
  return {
    folder,
    clone: at('clone'),
    home: at('home'),
    temporary: at('tmp'),
    options: {
      cwd: at('clone'),
      uid: user.uid,
      gid: user.gid,
      env: {
        ...Object.fromEntries(kept),
        PATH: system,
        HOME: at('home'),
        TMPDIR: at('tmp'),
        HOLDFAST_CLEAN_CLONE: folder,
      },
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
