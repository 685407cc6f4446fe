// For each mutant of the sources: the tenant-leak test finds something. Without a mutant it finds nothing.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { leaksOf } from '../../../apps/demo/test/tenant-leak/leaks-of.js';
import { openSubjects, type Subjects } from '../../../apps/demo/test/tenant-leak/subjects.js';

interface Mutant {
  readonly id: number;
  readonly title: string;
}

const mutants = JSON.parse(readFileSync(process.env['HOLDFAST_MUTANTS']!, 'utf8')) as readonly Mutant[];
const chosen = globalThis as { holdfastMutant?: number };

/** Subjects in the order in which they are most likely to find it; the others share their code. */
const order = ['base/books', 'interop/books', 'base/shelves', 'session/SessionRepository'];

let all: Subjects;
beforeAll(async () => {
  all = await openSubjects();
});
afterEach(() => {
  delete chosen.holdfastMutant;
});
afterAll(() => all.close());

async function found(title = ''): Promise<readonly string[]> {
  const names = title.includes('/interop/')
    ? [...order].sort((a, b) => b.indexOf('interop') - a.indexOf('interop'))
    : order;
  for (const name of names) {
    const leaks = await leaksOf(all.subjects.get(name)!);
    if (leaks.length > 0) return leaks;
  }
  return [];
}

it('nothing is found without a mutant', async () => {
  expect(await found()).toEqual([]);
});

it.each(mutants.map(({ id, title }) => [title, id] as const))('%s', async (title, id) => {
  chosen.holdfastMutant = id;
  expect((await found(title)).length).toBeGreaterThan(0);
});
