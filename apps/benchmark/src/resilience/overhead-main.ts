// The process of one contender: says how many nanoseconds one call takes.
import { answerParent } from '../answer-parent.js';
import { callOf } from './overhead-contenders.js';
import { type SliceLength, timeCalls } from './time-calls.js';

const call = await callOf(process.argv[2]!);

answerParent(
  async (slice: SliceLength) => ({ nanos: await timeCalls(call, slice) }),
  async () => undefined,
);
