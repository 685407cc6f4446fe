import { install } from '../checks/install.mjs';
import { manifest } from './manifest.mjs';

const example = (name, code) => `<!-- example: ${name} -->\n\n\`\`\`ts\n${code}\n\`\`\`\n\n`;
const output = (name, text) => `<!-- output: ${name} -->\n\n\`\`\`\n${text}\n\`\`\`\n\n`;
const append = (text) => (old) => `${old}\n${text}\n`;

export const plantedInstall = {
  check: install,
  required: [
    'installs',
    'entry-imports',
    'entry-requires',
    'declarations-compile',
    'example-is-there',
    'example-compiles',
    'example-runs',
    'example-prints-what-it-says',
  ],
  plants: [
    {
      alone: true,
      rules: ['installs'],
      at: 'package.json',
      files: {
        'packages/operation/package.json': manifest((old) => ({
          ...old,
          dependencies: { ...old.dependencies, '@holdfast/never-published': '1.0.0' },
        })),
      },
    },
    {
      rules: ['entry-imports', 'entry-requires'],
      at: 'packages/repositories/schedule/package.json',
      files: { 'packages/repositories/schedule/dist/index.js': append("import 'never-declared';") },
    },
    {
      // An entry that awaits at its top cannot be required.
      rules: ['entry-requires'],
      at: 'packages/testing/package.json',
      files: { 'packages/testing/dist/index.js': append('await Promise.resolve();') },
    },
    {
      rules: ['declarations-compile'],
      at: 'packages/domain-types/package.json',
      files: { 'packages/domain-types/dist/index.d.ts': append('export declare const one: NowhereDeclared;') },
    },
    {
      rules: ['example-is-there', 'example-compiles', 'example-runs', 'example-prints-what-it-says'],
      files: {
        'README.md': [
          example('does-not-compile', "export const one: number = 'one';"),
          example('throws', "throw new Error('planted');"),
          example('prints', "console.log('one');"),
          output('prints', 'two'),
        ].join(''),
      },
    },
  ],
};
