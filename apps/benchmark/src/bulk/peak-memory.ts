import { GCProfiler, getHeapStatistics } from 'node:v8';

/** Memory in bytes: the heap's used part and what lies outside of it, buffers included. */
export interface MemoryUse {
  /** After a full collection, before the work. */
  readonly idle: number;
  /** The most that there was while the work ran, garbage included, above idle. */
  readonly peak: number;
  /** The most that a full collection left while the work ran, above idle; null if none ran. */
  readonly held: number | null;
}

/**
 * Runs `work` and watches the memory of this process: every 2 ms where the event loop turns, whenever `work` says, and
 * right before and after every collection, before which there is most. Needs `--expose-gc`.
 */
export async function peakMemory(work: (look: () => void) => Promise<unknown>): Promise<MemoryUse> {
  gc!();
  await new Promise(setImmediate);
  gc!();
  const idle = used();
  let most = idle;
  const look = (): void => {
    most = Math.max(most, used());
  };
  const profiler = new GCProfiler();
  profiler.start();
  const timer = setInterval(look, 2);
  await work(look);
  look();
  clearInterval(timer);
  const { statistics } = profiler.stop();
  const before = statistics.map(({ beforeGC }) => bytes(beforeGC.heapStatistics));
  const left = statistics
    .filter(({ gcType }) => gcType === 'MarkSweepCompact')
    .map(({ afterGC }) => bytes(afterGC.heapStatistics));
  return {
    idle,
    peak: Math.max(most, ...before) - idle,
    held: left.length === 0 ? null : Math.max(...left) - idle,
  };
}

// The same figures as heapUsed and external of process.memoryUsage(), which counts arrayBuffers within external.
function used(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

function bytes({ usedHeapSize, externalMemory }: { usedHeapSize: number; externalMemory: number }): number {
  return usedHeapSize + externalMemory;
}
