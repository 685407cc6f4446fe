import { createRequire } from 'node:module';

const { dependencies } = createRequire(import.meta.url)('./package.json');

/** The name of a library with its version, which package.json gives exactly. */
export const versionOf = (library) => `${library} ${dependencies[library]}`;
