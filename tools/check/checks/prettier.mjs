import { brokenTool, capture } from '../capture.mjs';
import { tool } from '../tool.mjs';

/** One form for all text. */
export const prettier = {
  name: 'prettier',
  async run({ root, folders = null }) {
    const result = await capture(tool('prettier'), [...(folders ?? ['.']), '--list-different'], { cwd: root });
    const files = result.stdout.split('\n').filter(Boolean);
    if (result.code !== 0 && files.length === 0) throw brokenTool('prettier', result);
    return files.map((file) => ({ rule: 'formatted', file, message: 'not as Prettier writes it: `npm run format`' }));
  },
};
