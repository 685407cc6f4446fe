import { existsSync } from 'node:fs';
import path from 'node:path';
import { brokenTool, capture } from '../capture.mjs';
import { tool } from '../tool.mjs';
import { workspacePackages } from '../workspace.mjs';

/** Who may import whom; the table is in .dependency-cruiser.mjs. */
export const dependencyCruiser = {
  name: 'dependency-cruiser',
  async run({ root }) {
    const folders = workspacePackages(root)
      .flatMap(({ folder }) => ['src', 'test', 'examples'].map((part) => `${folder}/${part}`))
      .filter((folder) => existsSync(path.join(root, folder)));
    const result = await capture(
      tool('depcruise'),
      ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders],
      { cwd: root },
    );
    if (!result.stdout.startsWith('{')) throw brokenTool('dependency-cruiser', result);
    return JSON.parse(result.stdout).summary.violations.map(({ rule, from, to, cycle }) => ({
      rule: rule.name,
      file: from,
      message: cycle ? [from, ...cycle.map(({ name }) => name)].join(' → ') : `imports ${to}`,
    }));
  },
};
