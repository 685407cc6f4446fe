/**
 * What came of calls that are begun at once, in their order. In each round another one is begun first and has a head
 * start, so that over some rounds each of them wins.
 */
export async function raced<const Calls extends readonly (() => Promise<unknown>)[]>(
  round: number,
  calls: Calls,
): Promise<{ [Place in keyof Calls]: PromiseSettledResult<Awaited<ReturnType<Calls[Place]>>> }> {
  const begun = new Map<number, Promise<unknown>>();
  for (let i = 0; i < calls.length; i++) {
    const place = (round + i) % calls.length;
    begun.set(place, calls[place]!());
  }
  return (await Promise.allSettled(calls.map((_, place) => begun.get(place)!))) as never;
}
