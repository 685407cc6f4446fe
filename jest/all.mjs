// `npm test`: the tests of every package in one run, on one PostgreSQL.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from './config.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The folders below `parent` that have tests of their own. */
function testedIn(parent) {
  const folders = readdirSync(path.join(root, parent)).map((name) => path.join(root, parent, name));
  return folders.filter(
    (folder) => existsSync(path.join(folder, 'jest.config.mjs')) && existsSync(path.join(folder, 'test')),
  );
}

/** A package's own configuration without what belongs to a run as a whole, which Jest refuses in a part of it. */
async function project(folder) {
  const { default: own } = await import(pathToFileURL(path.join(folder, 'jest.config.mjs')));
  const part = Object.entries(own).filter(([key]) => !(key in run));
  return { ...Object.fromEntries(part), rootDir: folder, displayName: path.relative(root, folder) };
}

/** @type {import('jest').Config} */
export default {
  ...run,
  rootDir: root,
  projects: await Promise.all(['packages', 'packages/repositories', 'apps'].flatMap(testedIn).map(project)),
};
