import { matches, type Surroundings } from '../../../querier/test/oracle/matches.js';
import type { OracleEntity, OracleRow } from '../../../querier/test/oracle/oracle-entity.js';
import { sortedRows } from '../../../querier/test/oracle/sorted-rows.js';
import type { Asked } from './asked.js';
import type { FuzzedEntity } from './fuzzed-entities.js';
import type { Tenant } from './fuzzed-values.js';
import { fuzzedWorld } from './fuzzed-world.js';

/** What a page must be. */
export interface ExpectedPage {
  readonly ids: readonly unknown[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly total: { readonly value: number; readonly exact: boolean } | null;
}

/** The page as the oracle has it. `position` is the row that the request's cursor stands for; null without one. */
export function expectedPage(
  entity: FuzzedEntity,
  tenant: Tenant,
  asked: Asked,
  position: string | null,
): ExpectedPage {
  const visible = (_: OracleEntity, row: OracleRow): boolean => row['tenant'] === tenant && row['deletedAt'] === null;
  const around: Surroundings = { world: fuzzedWorld, visible };
  const own = fuzzedWorld[entity.name]!.filter((row) => visible(entity, row));
  const sorted = sortedRows(around, entity, own, asked.orders);
  const met = sorted.filter((row) => matches(around, entity, row, asked.condition)).map(({ id }) => id);
  const at = sorted.findIndex(({ id }) => id === position);
  const places = new Map(sorted.map(({ id }, place) => [id, place]));
  const before = position === null ? met : met.filter((id) => places.get(id)! < at);
  const after = position === null ? met : met.filter((id) => places.get(id)! > at);
  return { ...pageOf(asked, met, before, after, position !== null), total: totalOf(asked.total, met.length) };
}

type Ids = readonly unknown[];

function pageOf(
  { page, measureBoth }: Asked,
  met: Ids,
  before: Ids,
  after: Ids,
  isGiven: boolean,
): Omit<ExpectedPage, 'total'> {
  const { first, last, limit, offset = 0 } = page;
  if (limit !== undefined) {
    const ids = met.slice(offset, offset + limit);
    return {
      ids,
      hasNextPage: met.length > offset + limit,
      hasPreviousPage: offset > 0 && (!measureBoth || met.length > 0),
    };
  }
  // Against its direction a page has what is at its cursor or behind it.
  const isAgainst = (rest: Ids): boolean => isGiven && (!measureBoth || rest.length < met.length);
  if (first !== undefined) {
    return { ids: after.slice(0, first), hasNextPage: after.length > first, hasPreviousPage: isAgainst(after) };
  }
  if (last === undefined) return { ids: met, hasNextPage: false, hasPreviousPage: false };
  const ids = before.slice(Math.max(0, before.length - last));
  return { ids, hasNextPage: isAgainst(before), hasPreviousPage: before.length > last };
}

function totalOf(total: Asked['total'], count: number): ExpectedPage['total'] {
  if (total === 'none') return null;
  if (total === 'exact') return { value: count, exact: true };
  return { value: Math.min(count, total), exact: count <= total };
}
