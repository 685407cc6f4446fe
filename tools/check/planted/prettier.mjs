import { prettier } from '../checks/prettier.mjs';

export const plantedPrettier = {
  check: prettier,
  required: ['formatted'],
  plants: [
    { rules: ['formatted'], files: { 'packages/errors/src/planted.ts': 'export const  one = "one"\n' } },
    { rules: ['formatted'], files: { 'docs/planted.md': '#  Planted\n*  one\n' } },
    { rules: ['formatted'], files: { 'packages/errors/planted.json': '{ "a":1 }' } },
  ],
};
