import path from 'node:path';
import { brokenTool, capture } from '../capture.mjs';
import { tool } from '../tool.mjs';

/** Faults that types alone do not show; the rules are in eslint.config.js. */
export const eslint = {
  name: 'eslint',
  async run({ root, folders = null }) {
    const result = await capture(tool('eslint'), [...(folders ?? ['.']), '--format', 'json', '--no-warn-ignored'], {
      cwd: root,
    });
    if (!result.stdout.startsWith('[')) throw brokenTool('eslint', result);
    return JSON.parse(result.stdout).flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line, message }) => ({
        rule: ruleId ?? 'parsing',
        file: path.relative(root, filePath),
        line,
        message,
      })),
    );
  },
};
