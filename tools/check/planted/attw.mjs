import { attw } from '../checks/attw.mjs';
import { manifest } from './manifest.mjs';

const entry = (target) => manifest((old) => ({ ...old, exports: { ...old.exports, '.': target } }));

export const plantedAttw = {
  check: attw,
  required: ['NoResolution', 'UntypedResolution', 'InternalResolutionError'],
  plants: [
    {
      rules: ['NoResolution'],
      files: { 'packages/errors/package.json': entry({ types: './dist/nowhere.d.ts', default: './dist/nowhere.js' }) },
    },
    {
      rules: ['UntypedResolution'],
      files: {
        'packages/operation/package.json': entry({ default: './dist/untyped.js' }),
        'packages/operation/dist/untyped.js': 'export const one = 1;\n',
      },
    },
    {
      rules: ['InternalResolutionError'],
      at: 'packages/querier/package.json',
      files: { 'packages/querier/dist/index.d.ts': "export { one } from './nowhere.js';\n" },
    },
  ],
};
