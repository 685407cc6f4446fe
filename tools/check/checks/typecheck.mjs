import { existsSync } from 'node:fs';
import path from 'node:path';
import { brokenTool, capture } from '../capture.mjs';
import { workspacePackages } from '../workspace.mjs';

/** Every package, with its tests and examples, against the sources of the others. */
export const typecheck = {
  name: 'typecheck',
  async run({ root }) {
    const problems = [];
    for (const { folder } of workspacePackages(root)) {
      if (!existsSync(path.join(root, folder, 'tsconfig.json'))) continue;
      const result = await capture(
        path.join(root, 'node_modules/.bin/tsc'),
        ['-p', `${folder}/tsconfig.json`, '--noEmit', '--pretty', 'false'],
        { cwd: root },
      );
      const found = [...result.stdout.matchAll(/^(?:(.+?)\((\d+),\d+\): )?error (TS\d+): (.+)$/gm)];
      if (result.code !== 0 && found.length === 0) throw brokenTool('tsc', result);
      for (const [, file, line, rule, message] of found) problems.push({ rule, file: file ?? folder, line, message });
    }
    // A package reads the sources of another, and so reports its errors too.
    return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  },
};
