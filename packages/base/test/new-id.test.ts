import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { newId } from '../src/index.js';

describe('newId', () => {
  afterEach(() => void jest.useRealTimers());

  it('makes UUIDs of version 7 that rise, while the clock stands still and when it is set back', () => {
    const now = Date.now() + 1_000;
    jest.useFakeTimers({ now });

    const ids = Array.from({ length: 20_000 }, newId);
    jest.setSystemTime(now - 60_000);
    ids.push(newId());

    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(ids.filter((id) => !form.test(id))).toEqual([]);
    expect(ids.filter((id, i) => i > 0 && id <= ids[i - 1]!)).toEqual([]);
    const times = ids.map((id) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) - now);
    expect(times[0]).toBe(0);
    // 4,096 for each: so many milliseconds ahead of the clock.
    expect(times.at(-1)).toBeLessThanOrEqual(5);
  });
});
