import { inspect } from 'node:util';
import { type BatchQuerier, compileSearch, type Page } from '@holdfast/querier';
import { answerFault } from './answer-fault.js';
import type { Asked } from './asked.js';
import { expectedPage } from './expected-page.js';
import { owner, thing } from './fuzzed-entities.js';
import type { FuzzedDatabase, FuzzedTable } from './fuzzed-database.js';
import type { Tenant } from './fuzzed-values.js';
import { refusalFault } from './refusal-fault.js';
import { statementFault } from './statement-fault.js';
import { tenantScopes } from './tenant-scopes.js';
import type { Verdict } from '../verdict.js';

/** One search, and what there is to hold it against. */
export interface FuzzedSearch {
  readonly entity: 'thing' | 'owner';
  readonly tenant: Tenant;
  /** What pointers point into. */
  readonly request: unknown;
  /** Makes a BatchQuerier of the request, or refuses it. */
  readonly read: () => unknown;
  /** The same in the oracle's words; only asked for where the request was not refused. */
  readonly asked: () => Asked;
  /** The row that a genuine cursor in the request stands for; null where there is none, so that a cursor must be refused. */
  readonly position: string | null;
}

/** A verdict with the page, where there is one. */
export interface JudgedSearch extends Verdict {
  readonly page: Page<object> | null;
}

/** No request may keep a process busy for so long: every other one waits meanwhile. */
const MOST_MS = 5_000;

const entities = { thing, owner };

/** Asks for a page as an application does, and judges what comes of it. */
export async function judgeSearch(fuzzed: FuzzedDatabase, search: FuzzedSearch): Promise<JudgedSearch> {
  const { entity, tenant, request, position } = search;
  const { shape, operations } = fuzzed[entity] as FuzzedTable<object>;
  const scope = tenantScopes[tenant][entity] as never;
  const since = performance.now();
  let querier: BatchQuerier<object>;
  let fault: string | null;
  try {
    querier = search.read() as BatchQuerier<object>;
    const restriction = `${shape.deletedAt!.sql} IS NULL`;
    fault = statementFault(compileSearch(shape, scope, querier, { restriction, cursors: fuzzed.cursors }));
  } catch (error) {
    return {
      answered: false,
      page: null,
      fault: slow(since) ?? pollution() ?? refusalFault(error, request),
    };
  }
  fault ??= slow(since) ?? pollution();
  if (fault !== null) return { answered: true, page: null, fault };
  let page: Page<object>;
  try {
    page = await fuzzed.database.execute(operations.search(scope, querier));
  } catch (error) {
    return { answered: false, page: null, fault: `not answered: ${inspect(error, { depth: 4 })}` };
  }
  const asked = search.asked();
  const isByCursor = (asked.page.after ?? asked.page.before ?? null) !== null;
  if (isByCursor && position === null)
    return { answered: true, page, fault: 'a cursor was taken that is none of this' };
  return { answered: true, page, fault: answerFault(page, expectedPage(entities[entity], tenant, asked, position)) };
}

function slow(since: number): string | null {
  const ms = Math.round(performance.now() - since);
  return ms > MOST_MS ? `it took ${ms} ms to read` : null;
}

const builtIn = [Object, Array, Function, String, Number, Boolean, Promise, Map].map(
  ({ prototype }) => prototype as object,
);
const before = builtIn.map((prototype) => Reflect.ownKeys(prototype).length);

/** Whether a prototype that everything has is another now. */
function pollution(): string | null {
  const polluted = builtIn.findIndex((prototype, i) => Reflect.ownKeys(prototype).length !== before[i]);
  return polluted === -1 ? null : `a prototype has new names: ${inspect(Reflect.ownKeys(builtIn[polluted]!))}`;
}
