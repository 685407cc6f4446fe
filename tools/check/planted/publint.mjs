import { publint } from '../checks/publint.mjs';
import { manifest } from './manifest.mjs';

const entry = (target) => manifest((old) => ({ ...old, exports: { ...old.exports, '.': target } }));

export const plantedPublint = {
  check: publint,
  required: ['FILE_DOES_NOT_EXIST', 'EXPORTS_TYPES_SHOULD_BE_FIRST', 'EXPORTS_DEFAULT_SHOULD_BE_LAST'],
  plants: [
    {
      rules: ['FILE_DOES_NOT_EXIST'],
      files: { 'packages/errors/package.json': entry({ types: './dist/index.d.ts', default: './dist/nowhere.js' }) },
    },
    {
      rules: ['EXPORTS_TYPES_SHOULD_BE_FIRST'],
      files: {
        'packages/operation/package.json': entry({
          import: './dist/index.js',
          types: './dist/index.d.ts',
          default: './dist/index.js',
        }),
      },
    },
    {
      rules: ['EXPORTS_DEFAULT_SHOULD_BE_LAST'],
      files: {
        'packages/querier/package.json': entry({
          types: './dist/index.d.ts',
          default: './dist/index.js',
          import: './dist/index.js',
        }),
      },
    },
  ],
};
