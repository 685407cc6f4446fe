import type { QueryOrder } from '@holdfast/querier';
import type { SampleRow } from './sample-row.js';

/** One key of an order: as our orders say it, and what it means in SQL. */
export interface WalkedKey {
  readonly by: QueryOrder<SampleRow>['by'];
  /** Over `s`, the sample, and `p`, its parent. */
  readonly sql: string;
  readonly fewTies?: boolean;
}

type Direction = 'asc' | 'desc';
type Placement = 'first' | 'last';

/** An order to walk by, with its meaning as a full ORDER BY, which is written here and not by what is tested. */
export interface WalkedOrder {
  readonly orders: readonly QueryOrder<SampleRow>[];
  readonly orderBy: string;
}

/** The order by these keys; ties are broken by id, in the direction of the last key or in the one that is given. */
function walkedOrder(
  keys: readonly WalkedKey[],
  directions: readonly Direction[],
  placements: readonly Placement[],
  ties: Direction | null = null,
): WalkedOrder {
  const orders: QueryOrder<SampleRow>[] = keys.map(({ by, fewTies = false }, i) => ({
    by,
    dir: directions[i]!,
    nulls: placements[i]!,
    fewTies,
  }));
  const terms = keys.map(({ sql }, i) => `${sql} ${directions[i]!} NULLS ${placements[i]!}`);
  const last = ties ?? directions[keys.length - 1]!;
  if (ties !== null) orders.push({ by: 'id', dir: ties });
  return { orders, orderBy: [...terms, `s.id ${last}`].join(', ') };
}

/** Every combination of directions and placements of NULLs. */
export function everyWay(keys: readonly WalkedKey[], ties?: Direction): readonly WalkedOrder[] {
  const directions = combinations<Direction>(['asc', 'desc'], keys.length);
  const placements = combinations<Placement>(['first', 'last'], keys.length);
  return directions.flatMap((direction) =>
    placements.map((placement) => walkedOrder(keys, direction, placement, ties)),
  );
}

/** Every combination of directions, for keys that are never NULL. */
export function everyDirection(keys: readonly WalkedKey[]): readonly WalkedOrder[] {
  const placements = keys.map(() => 'last' as const);
  return combinations<Direction>(['asc', 'desc'], keys.length).map((each) => walkedOrder(keys, each, placements));
}

function combinations<Value>(values: readonly Value[], length: number): readonly (readonly Value[])[] {
  if (length === 0) return [[]];
  return combinations(values, length - 1).flatMap((rest) => values.map((value) => [...rest, value]));
}
