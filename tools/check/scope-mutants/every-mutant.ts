// For each mutant of the sources: the tenant-leak test finds something. Without a mutant it finds nothing.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { StatementShape } from '../../../packages/base/src/entity/statement-shapes.js';
import { leaksOf } from '../../../apps/demo/test/tenant-leak/leaks-of.js';
import { ReachedMutants } from './reached-mutants.js';
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
  holdfastIsChosen?: (id: number) => boolean;
  holdfastScope?: (sql: string) => string;
  holdfastScopeless?: (sql: string) => string;
  holdfastTrue?: (sql: string) => string;
};

// What is known by its shape is not written again: nothing is kept, so that every place is come by each time.
StatementShape.prototype.keep = () => {};

const reached = new ReachedMutants();
chosen.holdfastIsChosen = (id) => {
  reached.come(id);
  return false;
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

/** Subjects in the order in which they are most likely to find it. */
const order = ['base/books', 'interop/books', 'base/shelves', 'session/SessionRepository'];

let all: Subjects;
beforeAll(async () => {
  all = await openSubjects();
});
afterEach(() => {
  scopes.clear();
});
afterAll(() => all.close());

it('nothing is found without a mutant', async () => {
  for (const name of order) expect(await leaksOf(reached.watched(all.subjects.get(name)!))).toEqual([]);
});

it.each(mutants.map(({ id, title }) => [title, id] as const))('%s', async (_, id) => {
  chosen.holdfastIsChosen = (one) => one === id;
  const subjects = order.map((name) => reached.narrowed(all.subjects.get(name)!, id));
  const reaching = subjects.filter(({ operations }) => operations.length > 0);
  const leaks: string[] = [];
  for (const subject of reaching) if (leaks.length === 0) leaks.push(...(await leaksOf(subject)));
  if (leaks.length > 0) return;
  const names = reaching.flatMap(({ name, operations }) => operations.map((operation) => `${name}.${operation}`));
  throw new Error(`Nothing is found of it by ${names.join(', ') || 'any operation: none comes by it'}.`);
});
