import type { Cells } from '../creation.js';
import { keyName } from './key-name.js';

/**
 * For each of some keys which statement it goes in, counted from 0: one statement changes a row once, so that a key which
 * comes again begins the next one.
 */
export function waves(keys: readonly Cells[]): readonly number[] {
  const names = new Set<string>();
  let wave = 0;
  return keys.map((key) => {
    const name = keyName(key);
    if (names.has(name)) {
      names.clear();
      wave++;
    }
    names.add(name);
    return wave;
  });
}
