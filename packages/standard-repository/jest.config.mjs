import shared from '../../jest/config.mjs';
import { legacyJsc } from '../../jest/swc.mjs';

const [[files, [transformer, options]]] = Object.entries(shared.transform);

/** @type {import('jest').Config} */
export default {
  ...shared,
  // The first that fits is taken.
  transform: {
    '/test/legacy-decorators/.+\\.ts$': [transformer, { ...options, jsc: legacyJsc }],
    [files]: [transformer, options],
  },
};
