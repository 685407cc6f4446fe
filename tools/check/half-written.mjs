import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a new domain changes, in a tree as small as can be. */
const folder = 'packages/made';
const inside = new Map([
  ['package.json', '{}'],
  ['src/index.ts', 'export {};'],
]);
const outside = [
  ['docs/new.md', 'new'],
  ['docs/old.md', 'changed'],
  ['README.md', 'changed'],
];
/** Cannot be written: there is no such folder. */
const failing = ['nowhere/file.md', 'never'];

/**
 * Lets the writing of a new domain fail at one place after the other. Returns a complaint for each at which the tree is
 * not as it was, or at which nothing failed; and one if it is not written where nothing fails.
 */
export async function halfWritten(root) {
  const { writeAll } = await import(pathToFileURL(path.join(root, 'tools/new-domain/write-all.mjs')));
  const complaints = [];
  const attempt = (name, texts, prepare, isDone) => {
    const scratch = mkdtempSync(path.join(os.tmpdir(), 'holdfast-half-written-'));
    try {
      for (const made of ['docs', 'node_modules', 'packages']) mkdirSync(path.join(scratch, made));
      for (const file of ['docs/old.md', 'README.md']) writeFileSync(path.join(scratch, file), 'as it was');
      prepare(scratch);
      const before = treeOf(scratch);
      const wasWritten = succeeds(() => writeAll(scratch, folder, inside, new Map(texts)));
      if (wasWritten !== isDone) complaints.push(`${name}: ${wasWritten ? 'was written' : 'was not written'}`);
      else if (isDone !== (treeOf(scratch) !== before)) complaints.push(`${name}: left\n${treeOf(scratch)}`);
      if (readdirSync(path.join(scratch, 'node_modules')).length > 0) complaints.push(`${name}: left its draft`);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };
  const asItIs = () => {};
  attempt('what can be written', outside, asItIs, true);
  for (let place = 0; place <= outside.length; place++) {
    attempt(`a failure at file ${place + 1}`, outside.toSpliced(place, 0, failing), asItIs, false);
  }
  const taken = (scratch) => {
    mkdirSync(path.join(scratch, folder));
    writeFileSync(path.join(scratch, folder, 'there.md'), 'as it was');
  };
  attempt('a folder that is there already', outside, taken, false);
  return complaints;
}

function succeeds(work) {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** Every file and folder, with what is in it. */
function treeOf(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return `${path.relative(root, file)}: ${entry.isDirectory() ? '' : readFileSync(file, 'utf8')}`;
    })
    .sort()
    .join('\n');
}
