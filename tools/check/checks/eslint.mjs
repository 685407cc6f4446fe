import path from 'node:path';
import { brokenTool, capture } from '../capture.mjs';
import { tool } from '../tool.mjs';
import { workspacePackages } from '../workspace.mjs';

/** So many packages are linted by one process: it keeps the types of all that it has seen, and its heap is not for a tree. */
const AT_ONCE = 6;

/** What each process lints: packages, and at last all that is none. */
function partsOf(root) {
  const folders = workspacePackages(root).map(({ folder }) => folder);
  const parts = [];
  for (let i = 0; i < folders.length; i += AT_ONCE) parts.push(folders.slice(i, i + AT_ONCE));
  return [...parts, ['.', ...['packages', 'apps'].flatMap((parent) => ['--ignore-pattern', parent])]];
}

/** Faults that types alone do not show; the rules are in eslint.config.js. */
export const eslint = {
  name: 'eslint',
  async run({ root, folders = null }) {
    const parts = partsOf(root);
    const problems = [];
    // What nobody would come by is not linted for being asked for.
    const chosen = folders === null ? parts : [folders.filter((folder) => parts.flat().includes(folder))];
    for (const part of chosen) problems.push(...(await linted(root, part)));
    return problems;
  },
};

async function linted(root, part) {
  const options = ['--format', 'json', '--no-warn-ignored'];
  const result = await capture(tool('eslint'), [...part, ...options], { cwd: root });
  if (!result.stdout.startsWith('[')) throw brokenTool('eslint', result);
  return JSON.parse(result.stdout).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => ({
      rule: ruleId ?? 'parsing',
      file: path.relative(root, filePath),
      line,
      message,
    })),
  );
}
