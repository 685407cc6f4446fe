import { Exact } from './exact.js';

/** The factors by which a user's turn comes, as decimal text. A level that has none counts 1. */
export interface SchedulingFactors {
  readonly domainFactor: string | null;
  readonly projectFactor: string | null;
  readonly userFactor: string | null;
}

/** Who is first: the higher factor of the domain, then of the project, then of the user. Negative if `a` is. */
export function bySchedulingFactors(a: SchedulingFactors, b: SchedulingFactors): number {
  return (
    descending(a.domainFactor, b.domainFactor) ||
    descending(a.projectFactor, b.projectFactor) ||
    descending(a.userFactor, b.userFactor)
  );
}

/** The rank of each, 1 for the first; who is equal keeps the order given. */
export function schedulingRanks(users: readonly SchedulingFactors[]): readonly number[] {
  const sorted = users.map((_, index) => index).sort((a, b) => bySchedulingFactors(users[a]!, users[b]!));
  const ranks = new Array<number>(users.length);
  sorted.forEach((index, place) => (ranks[index] = place + 1));
  return Object.freeze(ranks);
}

function descending(a: string | null, b: string | null): number {
  return new Exact(b ?? 1).cmp(a ?? 1);
}
