// For each mutant of the sources: the tenant-leak test finds something. Without a mutant it finds nothing.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { leaksOf } from '../../../apps/demo/test/tenant-leak/leaks-of.js';
import { openSubjects, type Subjects } from '../../../apps/demo/test/tenant-leak/subjects.js';

interface Mutant {
  readonly id: number;
  readonly title: string;
}

const { mutants } = JSON.parse(readFileSync(process.env['HOLDFAST_MUTANTS']!, 'utf8')) as {
  readonly mutants: readonly Mutant[];
};

/** What the sources are changed to ask: which mutant, and what becomes of the SQL of scopes in it. */
const chosen = globalThis as {
  holdfastMutant?: number;
  holdfastScope?: (sql: string) => string;
  holdfastScopeless?: (sql: string) => string;
  holdfastTrue?: (sql: string) => string;
};

const scopes = new Set<string>();
chosen.holdfastScope = (sql) => {
  if (sql !== 'TRUE') scopes.add(sql);
  return sql;
};
// All at once: what one scope is replaced by is not looked through for another.
chosen.holdfastScopeless = (sql) => {
  const longestFirst = [...scopes].sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return sql;
  const any = longestFirst.map((scope) => scope.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  return sql.replace(new RegExp(any, 'g'), alwaysTrue);
};
chosen.holdfastTrue = alwaysTrue;

/** What every row meets, with the same parameters: PostgreSQL refuses those that it learns no type of. */
function alwaysTrue(sql: string): string {
  const parameters = sql.match(/\$\d+::(?:"[^"]*"|\w+)(?:\.(?:"[^"]*"|\w+))*(?:\[\])?/g) ?? [];
  return `(${['TRUE', ...parameters.map((parameter) => `${parameter} IS NULL`)].join(' OR ')})`;
}

/** Subjects in the order in which they are most likely to find it; the others share their code. */
const order = ['base/books', 'interop/books', 'base/shelves', 'session/SessionRepository'];

let all: Subjects;
beforeAll(async () => {
  all = await openSubjects();
});
afterEach(() => {
  delete chosen.holdfastMutant;
  scopes.clear();
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
