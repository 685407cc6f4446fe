import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { capture } from './capture.mjs';
import { publishedPackages } from './workspace.mjs';

/** Packs the built packages of a tree as they would be published: `[{ folder, manifest, file }]`, and `remove()`. */
export async function packAll(root, packages = publishedPackages(root)) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-tarballs-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const packed = [];
    for (const entry of packages) {
      const result = await capture('pnpm', ['pack', '--json', '--pack-destination', folder], {
        cwd: path.join(root, entry.folder),
      });
      if (result.code !== 0) throw new Error(`pnpm pack failed in ${entry.folder}:\n${result.stdout}${result.stderr}`);
      packed.push({ ...entry, file: JSON.parse(result.stdout).filename });
    }
    return { packed, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
