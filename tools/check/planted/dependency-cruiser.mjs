import { existsSync } from 'node:fs';
import path from 'node:path';
import config, { table } from '../../../.dependency-cruiser.mjs';
import { dependencyCruiser } from '../checks/dependency-cruiser.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const imports = (...modules) => modules.map((module) => `import '${module}';\n`).join('');
const errors = (name) => `packages/errors/src/planted-${name}.ts`;

/** One file for each of the two rules of a row of the table. A package that is yet to come is planted too. */
const rows = Object.entries(table).flatMap(([row, { ours }]) => {
  const isPattern = row.includes('[');
  const name = isPattern ? row.split('/')[0] : row.replaceAll('/', '-');
  const folder = `packages/${isPattern ? `${name}/session` : row}`;
  const strange = ['querier', 'resilience', 'embedded-postgres', 'repositories/session'].find(
    (other) => other !== row && !ours.includes(other),
  );
  const manifest = existsSync(path.join(root, folder, 'package.json'))
    ? {}
    : { [`${folder}/package.json`]: `{ "name": "planted-${name}" }` };
  const up = path.posix.relative(`${folder}/src`, 'packages');
  return [
    {
      rules: [`${name}-imports-of-ours`],
      files: { ...manifest, [`${folder}/src/planted-ours.ts`]: imports(`${up}/${strange}/src/index.js`) },
    },
    {
      rules: [`${name}-imports-of-others`],
      files: { [`${folder}/src/planted-others.ts`]: "export type { Config } from '@jest/globals';\n" },
    },
  ];
});

export const plantedDependencyCruiser = {
  check: dependencyCruiser,
  required: config.forbidden.map(({ name }) => name),
  plants: [
    ...rows,
    {
      rules: ['no-cycles'], // of types alone
      files: {
        [errors('egg')]:
          "import type { Hen } from './planted-hen.js';\nexport interface Egg {\n  readonly from: Hen;\n}\n",
        [errors('hen')]:
          "import type { Egg } from './planted-egg.js';\nexport interface Hen {\n  readonly from: Egg;\n}\n",
      },
    },
    {
      rules: ['front-door-only'],
      files: { 'packages/operation/src/planted-back-door.ts': imports('../../errors/src/misuse.js') },
    },
    {
      rules: ['repositories-are-strangers'],
      files: { 'packages/repositories/session/test/planted-stranger.ts': imports('../../agent/src/index.js') },
    },
    {
      rules: ['packages-know-no-application', 'front-door-only'],
      files: { 'packages/base/test/planted-application.ts': imports('../../../apps/demo/src/main.js') },
    },
    {
      rules: ['testing-is-for-tests'],
      files: { 'apps/demo/src/planted-testing.ts': imports('../../../packages/testing/src/index.js') },
    },
    {
      rules: ['sources-import-no-tests'],
      files: {
        [errors('tested')]: imports('../test/planted-test.js'),
        'packages/errors/test/planted-test.ts': 'export {};\n',
      },
    },
    {
      rules: ['entities-are-for-applications'],
      files: { 'packages/errors/src/entities.ts': 'export {};\n', [errors('entities')]: imports('./entities.js') },
    },
    {
      rules: ['rows-stay-inside'],
      files: { [errors('row')]: 'export {};\n', [errors('repository')]: imports('./planted-row.js') },
    },
    {
      rules: ['no-drawers'],
      files: { 'packages/errors/src/utils.ts': 'export {};\n', [errors('drawer')]: imports('./utils.js') },
    },
    { rules: ['no-orphans'], files: { [errors('orphan')]: 'export {};\n' } },
    { rules: ['everything-resolves'], files: { [errors('lost')]: imports('./nowhere.js') } },
  ],
};
