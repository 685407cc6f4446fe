import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { capture } from '../capture.mjs';
import { halfWritten } from '../half-written.mjs';
import { walkthrough } from '../walkthrough.mjs';

const page = 'docs/add-a-domain.md';
const writer = 'tools/new-domain/write-all.mjs';
const madeElsewhere = new Set(['.git', 'node_modules', 'dist', '.turbo', 'coverage']);
const LIMIT_MS = 10 * 60_000;

/**
 * A new domain is written as a whole or not at all. What docs/add-a-domain.md says works: its commands and changes, in
 * order, in a copy of the tree; ends with the first that does not.
 */
export const newDomain = {
  name: 'new-domain',
  async run({ root }) {
    const [left] = await halfWritten(root);
    if (left !== undefined) return [{ rule: 'failure-is-undone', file: writer, line: 1, message: left }];
    const copy = mkdtempSync(path.join(os.tmpdir(), 'holdfast-new-domain-'));
    try {
      cpSync(root, copy, { recursive: true, filter: (from) => !madeElsewhere.has(path.basename(from)) });
      await inRepository(copy);
      for (const { line, kind, text } of walkthrough(path.join(root, page))) {
        const complaint = await steps[kind](copy, text);
        if (complaint !== null) return [{ rule: `${kind}-works`, file: page, line, message: complaint }];
      }
      return [];
    } finally {
      rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

/** Each tries a step and says what is wrong, or null. */
const steps = {
  async command(copy, text) {
    const { code, output } = await shell(copy, text);
    return code === 0 ? null : `\`${text}\` ended with ${code}\n${output.trim().slice(-3000)}`;
  },
  async refused(copy, text) {
    const before = await filesOf(copy);
    const { code, output } = await shell(copy, text);
    if (code === 0) return `\`${text}\` was not refused`;
    if (/^\s+at .+:\d+:\d+\)?$/m.test(output)) return `\`${text}\` broke off\n${output.trim().slice(-3000)}`;
    return (await filesOf(copy)) === before ? null : `\`${text}\` was refused, and changed files`;
  },
  async change(copy, text) {
    writeFileSync(path.join(copy, '.git/step.diff'), text);
    const { code, output } = await said('git', ['apply', '--whitespace=error', '.git/step.diff'], { cwd: copy });
    return code === 0 ? null : `the change does not apply\n${output.trim()}`;
  },
};

const shell = (copy, text) =>
  said(text, [], { cwd: copy, shell: true, timeout: LIMIT_MS, env: { ...process.env, CI: 'true' } });

async function said(command, args, options) {
  const { code, stdout, stderr } = await capture(command, args, options);
  return { code, output: `${stdout}${stderr}` };
}

/** A repository of its own, so that changes apply below it and are seen. */
async function inRepository(copy) {
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
  ]) {
    const { code, stderr } = await capture('git', args, { cwd: copy });
    if (code !== 0) throw new Error(`git ${args.join(' ')} failed in the copy:\n${stderr}`);
  }
}

/** Every file that is not ignored, by what is in it. */
async function filesOf(copy) {
  await capture('git', ['add', '--all'], { cwd: copy });
  return (await capture('git', ['ls-files', '--stage'], { cwd: copy })).stdout;
}
