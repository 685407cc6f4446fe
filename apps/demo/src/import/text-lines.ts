import { createReadStream } from 'node:fs';
import { StartUpFailure } from '../start-up-failure.js';

/** In characters. */
const LONGEST_LINE = 65_536;
/** A file is held in memory whole. The traces that there are have some ten thousand lines. */
const MOST_LINES = 500_000;
const LARGEST_FILE = 128 * 1024 * 1024;

/**
 * The lines of a text file, without their ends, as many at a time as are read at a time: to wait for each is dear where
 * promises are traced. Throws `StartUpFailure` if it cannot be read, if it has more than 500,000 lines or 128 Mi
 * characters, or a line more than 65,536 characters.
 */
export async function* textLines(file: string): AsyncIterable<Iterable<string>> {
  let rest = '';
  let number = 0;
  let size = 0;
  for await (const chunk of chunksOf(file)) {
    size += chunk.length;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    const before = number;
    number += lines.length;
    yield checkedLines(file, before, lines);
    checkedLine(file, number + 1, rest);
    if (number > MOST_LINES || size > LARGEST_FILE) {
      throw new StartUpFailure(`${file}:${number + 1}: the file is too large for an import.`);
    }
  }
  if (rest !== '') yield checkedLines(file, number, [rest]);
}

async function* chunksOf(file: string): AsyncIterable<string> {
  try {
    yield* createReadStream(file, { encoding: 'utf8' }) as AsyncIterable<string>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new StartUpFailure(`${file} cannot be read (${code}).`, { cause: error });
  }
}

/** Each is checked when it is its turn. */
function* checkedLines(file: string, before: number, lines: readonly string[]): Iterable<string> {
  let number = before;
  for (const line of lines) yield checkedLine(file, ++number, line);
}

function checkedLine(file: string, number: number, line: string): string {
  if (line.length <= LONGEST_LINE) return line.replace(/\r$/, '');
  throw new StartUpFailure(
    `${file}:${number}: the line has more than ${LONGEST_LINE.toLocaleString('en')} characters.`,
  );
}
