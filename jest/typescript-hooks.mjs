// Lets Node run our TypeScript sources where Jest does not do it: in its global setup, and in programs that tests spawn.
import { transformFile } from '@swc/core';
import { fileURLToPath } from 'node:url';
import { jsc } from './swc.mjs';

const swc = { jsc, module: { type: 'es6' }, sourceMaps: 'inline', swcrc: false };

export async function resolve(specifier, context, next) {
  const conditions = ['@holdfast/source', ...context.conditions];
  const ours = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
  return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, { ...context, conditions });
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), swc);
  return { format: 'module', source: code, shortCircuit: true };
}
