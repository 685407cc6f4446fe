import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
  // Root's files are closed to others, as below /root; the temporary files are where all may go, as in /tmp.
  for (const name of ['private', 'private/home', 'tmp']) mkdirSync(at(name));
  chmodSync(folder, 0o755);
  chmodSync(at('private'), 0o700);
  chmodSync(at('tmp'), 0o1777);
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', `file://${root}`, at('private/clone')]);
  if (warm) {
    for (const cache of caches.filter((name) => existsSync(path.join(os.homedir(), name)))) {
      mkdirSync(path.dirname(path.join(at('private/home'), cache)), { recursive: true });
      execFileSync('cp', ['-a', path.join(os.homedir(), cache), path.join(at('private/home'), cache)]);
    }
  }
  if (user.uid !== undefined) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
  const kept = Object.entries(process.env).filter(([name]) => passed.test(name));
  const system = process.platform === 'win32' ? process.env.PATH : `${path.dirname(process.execPath)}:/usr/bin:/bin`;
  return {
    folder,
    clone: at('private/clone'),
    home: at('private/home'),
    temporary: at('tmp'),
    options: {
      cwd: at('private/clone'),
      uid: user.uid,
      gid: user.gid,
      env: {
        ...Object.fromEntries(kept),
        PATH: system,
        HOME: at('private/home'),
        TMPDIR: at('tmp'),
        HOLDFAST_CLEAN_CLONE: folder,
      },
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
