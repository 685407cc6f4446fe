import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brokenTool, capture } from '../capture.mjs';
import { workspacePackages } from '../workspace.mjs';

/** Every package, with its tests and examples, against the sources of the others. */
export const typecheck = {
  name: 'typecheck',
  async run({ root, folders = null }) {
    const problems = [];
    for (const { folder } of workspacePackages(root)) {
      if (folders !== null && !folders.includes(folder)) continue;
      for (const project of projects(root, folder)) {
        const result = await capture(
          path.join(root, 'node_modules/.bin/tsc'),
          ['-p', project, '--noEmit', '--pretty', 'false'],
          { cwd: root },
        );
        const found = [...result.stdout.matchAll(/^(?:(.+?)\((\d+),\d+\): )?error (TS\d+): (.+)$/gm)];
        if (result.code !== 0 && found.length === 0) throw brokenTool('tsc', result);
        for (const [, file, line, rule, message] of found) problems.push({ rule, file: file ?? folder, line, message });
      }
    }
    // A package reads the sources of another, and so reports its errors too.
    return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  },
};

/** A package's own project, and those of tests that are compiled with other settings. */
function projects(root, folder) {
  const tests = path.join(root, folder, 'test');
  const folders = existsSync(tests) ? readdirSync(tests).map((name) => `${folder}/test/${name}`) : [];
  const all = [folder, ...folders].map((one) => `${one}/tsconfig.json`);
  return all.filter((project) => existsSync(path.join(root, project)));
}
