import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a new folder, and texts elsewhere, all or none: texts are by their path, in the folder and from `root` on. What
 * fails on the way is undone.
 */
export function writeAll(root, folder, inside, outside) {
  // On the same disk, and where no tool looks.
  const draft = mkdtempSync(path.join(root, 'node_modules/.new-domain-'));
  const undo = [() => rmSync(draft, { recursive: true, force: true })];
  try {
    for (const [file, text] of inside) write(path.join(draft, 'package', file), text);
    for (const [file, text] of outside) write(path.join(draft, 'others', file), text);
    const home = path.join(root, folder);
    renameSync(path.join(draft, 'package'), home);
    undo.push(() => rmSync(home, { recursive: true, force: true }));
    for (const file of outside.keys()) {
      const to = path.join(root, file);
      const old = existsSync(to) ? readFileSync(to) : null;
      renameSync(path.join(draft, 'others', file), to);
      undo.push(() => (old === null ? rmSync(to, { force: true }) : writeFileSync(to, old)));
    }
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
  undo[0]();
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
