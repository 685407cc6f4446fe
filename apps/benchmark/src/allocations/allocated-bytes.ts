import { GCProfiler, getHeapStatistics } from 'node:v8';

/** What was allocated, in bytes. */
export interface Allocated {
  /** Of V8's heap. */
  readonly heap: number;
  /** Outside of it: buffers. */
  readonly external: number;
}

/**
 * Runs `work` and counts what it allocates, garbage included: what memory has grown by, and what collections have freed in
 * the meantime. Nothing else may run in this process. Needs `--expose-gc`.
 */
export async function allocatedBytes(work: () => Promise<void>): Promise<Allocated> {
  gc!();
  // Buffers are freed in the background after a collection.
  await new Promise((resolve) => setTimeout(resolve, 20));
  gc!();
  const profiler = new GCProfiler();
  profiler.start();
  const begin = used();
  await work();
  const end = used();
  const { statistics } = profiler.stop();
  const freed = statistics.map(({ beforeGC, afterGC }) => ({
    heap: beforeGC.heapStatistics.usedHeapSize - afterGC.heapStatistics.usedHeapSize,
    external: beforeGC.heapStatistics.externalMemory - afterGC.heapStatistics.externalMemory,
  }));
  return {
    heap: end.heap - begin.heap + freed.reduce((sum, { heap }) => sum + heap, 0),
    external: end.external - begin.external + freed.reduce((sum, { external }) => sum + external, 0),
  };
}

function used(): Allocated {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return { heap, external };
}
