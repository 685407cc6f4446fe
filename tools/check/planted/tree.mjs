import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { workspacePackages } from '../workspace.mjs';

/**
 * A copy of the working tree outside of the repository, with what was built and installed, in which files can be spoilt.
 * `plants` are `[{ files }]`: a text replaces a file, a function gets the old text (null if there is none) and gives the new.
 * `needs` says of a file whether the copy has it.
 */
export function plantedTree(root, plants, needs) {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'holdfast-planted-'));
  const remove = () => rmSync(copy, { recursive: true, force: true });
  try {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    const files = listed.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
    for (const file of files.filter(needs)) cpSync(path.join(root, file), path.join(copy, file));
    const packages = workspacePackages(root).filter(({ folder }) => needs(`${folder}/package.json`));
    for (const { folder } of packages) {
      for (const part of ['dist', 'node_modules']) {
        const from = path.join(root, folder, part);
        // Links lead from package to package, and so to the copies.
        if (existsSync(from)) cpSync(from, path.join(copy, folder, part), { recursive: true, verbatimSymlinks: true });
      }
    }
    for (const folder of ['.', 'tools/check']) linkInstalled(path.join(root, folder), path.join(copy, folder));
    for (const { files: spoilt } of plants) {
      for (const [file, content] of Object.entries(spoilt)) plant(path.join(copy, file), content);
    }
    return { root: copy, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A real node_modules folder of links: tools leave a folder of that name alone, but not a link. */
function linkInstalled(from, to) {
  mkdirSync(path.join(to, 'node_modules'), { recursive: true });
  for (const name of readdirSync(path.join(from, 'node_modules'))) {
    symlinkSync(path.join(from, 'node_modules', name), path.join(to, 'node_modules', name));
  }
}

function plant(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  const old = existsSync(file) ? readFileSync(file, 'utf8') : null;
  writeFileSync(file, typeof content === 'function' ? content(old) : content);
}
