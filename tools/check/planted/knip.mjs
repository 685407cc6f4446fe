import { knip } from '../checks/knip.mjs';
import { manifest } from './manifest.mjs';

const source = (name) => `packages/errors/src/planted-${name}.ts`;
const test = (name) => `packages/errors/test/planted-${name}.test.ts`;

export const plantedKnip = {
  check: knip,
  required: ['files', 'exports', 'types', 'dependencies', 'devDependencies', 'unlisted', 'unresolved'],
  plants: [
    { rules: ['files'], files: { [source('file')]: 'export const one = 1;\n' } },
    {
      rules: ['exports'],
      files: {
        [source('export')]: 'export const one = 1;\nexport const two = 2;\n',
        [test('export')]: "import { one } from '../src/planted-export.js';\nconsole.log(one);\n",
      },
    },
    {
      rules: ['types'],
      files: {
        [source('type')]: 'export const one = 1;\nexport type Two = 2;\n',
        [test('type')]: "import { one } from '../src/planted-type.js';\nconsole.log(one);\n",
      },
    },
    {
      rules: ['dependencies'],
      files: {
        'packages/errors/package.json': manifest((old) => ({ ...old, dependencies: { 'never-imported': '1.0.0' } })),
      },
    },
    {
      rules: ['devDependencies'],
      files: {
        'packages/operation/package.json': manifest((old) => ({
          ...old,
          dependencies: undefined,
          devDependencies: { 'never-imported': '1.0.0' },
        })),
      },
    },
    { rules: ['unlisted'], files: { [test('unlisted')]: "import 'never-declared';\n" } },
    { rules: ['unresolved'], files: { [test('unresolved')]: "import '../src/nowhere.js';\n" } },
  ],
};
