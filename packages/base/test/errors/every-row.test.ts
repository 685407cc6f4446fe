import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { classification } from '../../src/errors/classification.js';

const tests = readdirSync(__dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(path.join(__dirname, name), 'utf8'))
  .join('\n');

const rows = [...Object.values(classification).flatMap(Object.keys), 'otherAnswer', 'otherLoss'];

it('every row of the classification is named by a test: `row: what it is about`', () => {
  const withoutTest = rows.filter((row) => !tests.includes(`'${row}: `) && !tests.includes(`"${row}: `));
  expect(rows.length).toBeGreaterThan(60);
  expect(withoutTest).toEqual([]);
});
