import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const program = path.join(__dirname, 'programs/without-jest.ts');
const contract = path.join(__dirname, 'programs/contract-without-jest.ts');
const typescript = path.resolve(__dirname, '../../../jest/typescript.mjs');

async function nodeTest(env: NodeJS.ProcessEnv, file = program): Promise<string> {
  const child = spawn(process.execPath, ['--import', typescript, '--test', '--test-reporter=tap', file], {
    env,
    stdio: 'pipe',
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => void (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => void (output += chunk));
  await once(child, 'close');
  return output;
}

describe('a test under node:test', () => {
  it('gets its database on the server that the environment names', async () => {
    expect(await nodeTest(process.env)).toMatch(/^# pass 1$/m);
  });

  it('gets it on a server of its own where the environment names none', async () => {
    const env = { ...process.env };
    delete env['HOLDFAST_TEST_DATABASE_URL'];
    delete env['DATABASE_URL'];

    expect(await nodeTest(env)).toMatch(/^# pass 1$/m);
  });

  it('holds a repository to the contract', async () => {
    const output = await nodeTest(process.env, contract);

    expect(output).toMatch(/^ +ok \d+ - create returns the row as it is then read$/m);
    expect(output).toMatch(/^# fail 0$/m);
  });
});
