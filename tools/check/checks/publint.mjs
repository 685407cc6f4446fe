import { readFileSync } from 'node:fs';
import { publint as lint } from 'publint';
import { formatMessage } from 'publint/utils';

/** The manifest of each tarball against the files in it. */
export const publint = {
  name: 'publint',
  async run({ tarballs }) {
    const problems = [];
    for (const { folder, file } of await tarballs()) {
      const buffer = readFileSync(file);
      const tarball = buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
      const { messages, pkg } = await lint({ pack: { tarball }, strict: true });
      for (const message of messages) {
        problems.push({
          rule: message.code,
          file: `${folder}/package.json`,
          message: formatMessage(message, pkg, { color: false }),
        });
      }
    }
    return problems;
  },
};
