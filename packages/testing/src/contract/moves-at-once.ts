interface Moves<Status> {
  readonly initial: Status;
  readonly statuses: readonly Status[];
  readonly isLegal: (from: Status, to: Status) => boolean;
}

/** Two moves from the initial status that come to something else in the one order than in the other, or null. */
export function differentMoves<Status extends string>(moves: Moves<Status>): readonly Status[] | null {
  const { initial, statuses, isLegal } = moves;
  const legal = statuses.filter((to) => isLegal(initial, to));
  const pairs = legal.flatMap((a) => legal.map((b) => [a, b]));
  const differs = (pair: readonly Status[]): boolean =>
    JSON.stringify(inTurn(pair, isLegal)) !== JSON.stringify(inTurn(pair.toReversed(), isLegal));
  return pairs.find(differs) ?? null;
}

/** Which of two moves are done where the first is made before the second, and the status that there is then. */
export function inTurn<Status extends string>(
  [first, second]: readonly Status[],
  isLegal: (from: Status, to: Status) => boolean,
): { readonly done: readonly Status[]; readonly status: Status } {
  const isFollowed = isLegal(first!, second!);
  return { done: isFollowed ? [first!, second!].toSorted() : [first!], status: isFollowed ? second! : first! };
}
