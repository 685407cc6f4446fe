import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
    // Kept beforehand, so that what is undone needs no room on the disk.
    const kept = [...outside.keys()].filter((file) => existsSync(path.join(root, file)));
    for (const file of kept) keep(path.join(root, file), path.join(draft, 'kept', file));
    const home = path.join(root, folder);
    renameSync(path.join(draft, 'package'), home);
    undo.push(() => rmSync(home, { recursive: true, force: true }));
    for (const file of outside.keys()) {
      const to = path.join(root, file);
      renameSync(path.join(draft, 'others', file), to);
      undo.push(() => (kept.includes(file) ? renameSync(path.join(draft, 'kept', file), to) : rmSync(to)));
    }
  } catch (error) {
    throw undone(undo, error);
  }
  undo[0]();
}

/** The error itself; with those of the steps that could not be undone, if there are any. */
function undone(undo, error) {
  const others = undo.toReversed().flatMap((step) => {
    try {
      step();
      return [];
    } catch (other) {
      return [other];
    }
  });
  return others.length === 0 ? error : new AggregateError([error, ...others], 'Not all could be undone.');
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function keep(file, copy) {
  mkdirSync(path.dirname(copy), { recursive: true });
  copyFileSync(file, copy);
}
