import { z } from 'zod';
import type { TableSchema } from './read-table.js';
import { optionalWholeNumber, traceName, wholeNumber } from './trace-value.js';

// More than any machine has, and small enough for every column and sum behind it.
const MOST_MILLI_CPUS = 10_000_000;
const MOST_MEBIBYTES = 1_000_000_000;
const MOST_GPUS = 1_024;
/** The latest moment of a trace, in seconds after its beginning: a hundred years. */
const LATEST_SECOND = 3_155_760_000;

/** A pod of a trace, as its line says it. Times are seconds after the trace began. */
export type Pod = z.infer<typeof pod>;

const pod = z
  .object({
    name: traceName(),
    cpu_milli: wholeNumber(MOST_MILLI_CPUS),
    memory_mib: wholeNumber(MOST_MEBIBYTES),
    num_gpu: wholeNumber(MOST_GPUS),
    gpu_milli: wholeNumber(1_000),
    gpu_spec: z.string().regex(/^[\w.|-]{0,256}$/, 'is not a list of models joined by "|"'),
    qos: z.enum(['LS', 'BE', 'Burstable', 'Guaranteed'], { error: 'is not LS, BE, Burstable or Guaranteed' }),
    pod_phase: z.enum(['Running', 'Failed', 'Pending', 'Succeeded'], {
      error: 'is not Running, Failed, Pending or Succeeded',
    }),
    creation_time: wholeNumber(LATEST_SECOND),
    deletion_time: wholeNumber(LATEST_SECOND),
    scheduled_time: optionalWholeNumber(),
  })
  .refine((line) => line.deletion_time >= line.creation_time, 'deletion_time is before creation_time')
  .refine(
    (line) => line.scheduled_time === null || line.scheduled_time >= line.creation_time,
    'scheduled_time is before creation_time',
  )
  .refine(
    (line) => line.scheduled_time === null || line.scheduled_time <= line.deletion_time,
    'scheduled_time is after deletion_time',
  )
  .refine((line) => line.num_gpu === 0 || line.gpu_milli > 0, 'gpu_milli is 0 although num_gpu is not');

export const podSchema: TableSchema<Pod> = {
  columns: Object.keys(pod.shape),
  key: 'name',
  line: pod,
};
