import { Timestamp } from '@holdfast/querier';

/**
 * For a `valueCodec`: how a Timestamp is stored and comes back with its microseconds, which it would refuse otherwise.
 * `valueCodec({ version: 1, ...storedTimestamps })`.
 */
export const storedTimestamps = Object.freeze({
  reducers: {
    Timestamp: (value: unknown) => value instanceof Timestamp && [value.getTime(), value.microseconds],
  },
  revivers: {
    Timestamp: ([time, microseconds]: readonly [number, number]) => new Timestamp(time, microseconds),
  },
});
