import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { scopeSites } from '../scope-mutants/scope-sites.mjs';

// Ends a run that hangs on a mutant.
const LIMIT_MS = 15 * 60_000;

/** Loses the scope in one place after the other, wherever it enters a statement or its SQL is used: the tenant-leak test must find each. */
export const scopeMutants = {
  name: 'scope-mutants',
  async run({ root }) {
    const sites = scopeSites(root);
    if (sites.mutants.length === 0) throw new Error('No place was found where a scope enters a statement.');
    const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-mutants-'));
    try {
      const [mutants, results] = ['mutants.json', 'results.json'].map((name) => path.join(folder, name));
      writeFileSync(mutants, JSON.stringify(sites));
      const child = spawn(
        process.execPath,
        ['node_modules/jest/bin/jest.js', '--config', 'tools/check/scope-mutants/jest.config.mjs', '--runInBand'],
        {
          cwd: root,
          stdio: ['ignore', 'inherit', 'inherit'],
          env: { ...process.env, HOLDFAST_MUTANTS: mutants, HOLDFAST_MUTANT_RESULTS: results },
          timeout: LIMIT_MS,
        },
      );
      const [code, signal] = await once(child, 'close');
      if (signal !== null) throw new Error(`The mutants were not through after ${LIMIT_MS / 60_000} minutes.`);
      const tests = JSON.parse(readFileSync(results, 'utf8'));
      if (tests.length < sites.mutants.length)
        throw new Error(`Jest ended with ${code} after ${tests.length} of the mutants.`);
      return tests
        .filter(({ status }) => status !== 'passed')
        .map(({ title, message }) => ({ rule: 'scope-mutants', file: title, message: message.slice(0, 2000) }));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
