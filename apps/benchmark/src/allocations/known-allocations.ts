import { allocatedBytes, type Allocated } from './allocated-bytes.js';

const CALLS = 20_000;
/** Small integers in an array of this length: 8 bytes each, 16 of its store's head, 32 of the array itself. */
const LENGTH = 2_000;
const KNOWN_HEAP = LENGTH * 8 + 16 + 32;
/** A buffer that Node's pool of small ones does not serve. */
const KNOWN_EXTERNAL = 20_000;
/** Parts of what is known that may be missing or too many. */
const TOLERANCE = 0.02;

/** What was allocated last, so that it is not left out. */
const last: { value: unknown } = { value: null };

/**
 * Counts what is known to be allocated, so that the counting itself can be trusted. Throws if it says something else by
 * more than 2 %: then this Node counts in another way.
 */
export async function knownAllocations(): Promise<void> {
  const heap = await perCall(() => {
    const numbers = new Array<number>(LENGTH);
    numbers[LENGTH - 1] = LENGTH;
    last.value = numbers;
  });
  const external = await perCall(() => {
    last.value = Buffer.alloc(KNOWN_EXTERNAL);
  });
  check('of the heap', heap.heap, KNOWN_HEAP);
  check('outside of the heap', external.external, KNOWN_EXTERNAL);
}

/** Awaits as operations do, so that collections come at the same places. */
async function perCall(allocate: () => void): Promise<Allocated> {
  const run = async (calls: number): Promise<void> => {
    for (let call = 0; call < calls; call++) {
      allocate();
      if (call % 100 === 0) await new Promise(setImmediate);
    }
  };
  await run(CALLS);
  const { heap, external } = await allocatedBytes(() => run(CALLS));
  last.value = null;
  return { heap: heap / CALLS, external: external / CALLS };
}

function check(where: string, counted: number, known: number): void {
  if (Math.abs(counted / known - 1) <= TOLERANCE) return;
  throw new Error(`${counted.toFixed(0)} bytes ${where} were counted of ${known} that were allocated.`);
}
