import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';

/** These ways of resolving know no ES modules, and our packages are nothing else. */
const leftOut = ['node10', 'node16-cjs'];

/** What TypeScript finds in each tarball (Are the types wrong?). */
export const attw = {
  name: 'attw',
  async run({ tarballs }) {
    const problems = [];
    for (const { folder, file } of await tarballs()) {
      const report = (rule, message) => problems.push({ rule, file: `${folder}/package.json`, message });
      const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(file))));
      if (!analysis.types) {
        report('UntypedPackage', 'the tarball has no types');
        continue;
      }
      for (const { kind, entrypoint, resolutionKind } of analysis.problems) {
        if (leftOut.includes(resolutionKind)) continue;
        report(kind, `${kind} at ${entrypoint ?? '.'} (${resolutionKind ?? 'any'})`);
      }
    }
    return problems;
  },
};
