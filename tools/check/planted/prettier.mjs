import { prettier } from '../checks/prettier.mjs';

export const plantedPrettier = {
  check: prettier,
  required: ['formatted'],
  // What it goes by; it comes by the planted files from the root.
  needs: (file) => !file.includes('/'),
  plants: [
    { rules: ['formatted'], files: { 'packages/errors/src/planted.ts': 'export const  one = "one"\n' } },
    { rules: ['formatted'], files: { 'docs/planted.md': '#  Planted\n*  one\n' } },
    { rules: ['formatted'], files: { 'packages/errors/planted.json': '{ "a":1 }' } },
  ],
};
