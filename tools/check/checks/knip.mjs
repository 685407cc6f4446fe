import { brokenTool, capture } from '../capture.mjs';
import { tool } from '../tool.mjs';

/** What is left over: files, exports and dependencies that nothing uses, and modules that no manifest names. */
export const knip = {
  name: 'knip',
  async run({ root }) {
    const result = await capture(tool('knip'), ['--no-progress', '--reporter', 'json'], { cwd: root });
    if (!result.stdout.startsWith('{')) throw brokenTool('knip', result);
    return JSON.parse(result.stdout).issues.flatMap(({ file, ...kinds }) =>
      Object.entries(kinds)
        .filter(([, found]) => Array.isArray(found))
        .flatMap(([kind, found]) =>
          found.flat().map(({ name, line }) => ({ rule: kind, file, line, message: `${kind}: ${name ?? file}` })),
        ),
    );
  },
};
