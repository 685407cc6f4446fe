import { brokenTool, capture } from '../capture.mjs';
import { tool } from '../tool.mjs';

/** These ways of resolving know no ES modules; the profile `esm-only` leaves them out. */
const leftOut = ['node10', 'node16-cjs'];

/** What TypeScript finds in each tarball (Are the types wrong?). */
export const attw = {
  name: 'attw',
  async run({ tarballs }) {
    const problems = [];
    for (const { folder, file } of await tarballs()) {
      const result = await capture(tool('attw'), [file, '--profile', 'esm-only', '--format', 'json']);
      if (result.code === 0) continue;
      if (!result.stdout.startsWith('{')) throw brokenTool('attw', result);
      const { analysis } = JSON.parse(result.stdout);
      if (!analysis.problems) {
        problems.push({ rule: 'UntypedPackage', file: `${folder}/package.json`, message: 'the tarball has no types' });
        continue;
      }
      for (const { kind, entrypoint, resolutionKind } of analysis.problems) {
        if (leftOut.includes(resolutionKind)) continue;
        problems.push({
          rule: kind,
          file: `${folder}/package.json`,
          message: `${kind} at ${entrypoint ?? '.'} (${resolutionKind ?? 'any'})`,
        });
      }
    }
    return problems;
  },
};
