import path from 'node:path';

/** The path of a program that this folder's own package.json brings. */
export const tool = (name) => path.join(import.meta.dirname, 'node_modules/.bin', name);
