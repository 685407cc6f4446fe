import { fileURLToPath } from 'node:url';
import own from '../../../jest/config.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The tenant-leak test, driven once for each mutant. */
export default {
  ...own,
  rootDir: here('../../..'),
  roots: [here('.'), here('../../../apps/demo/test/tenant-leak')],
  testTimeout: 300_000, // of all drives, for one that nothing is found of
  testMatch: [here('./every-mutant.ts')],
  reporters: [here('./mutant-reporter.mjs')],
  transform: Object.fromEntries(
    Object.entries(own.transform).map(([files, [, options]]) => [files, [here('./mutating-transform.mjs'), options]]),
  ),
};
