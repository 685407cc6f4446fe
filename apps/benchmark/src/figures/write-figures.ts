import { mkdir, readFile, writeFile } from 'node:fs/promises';

const page = new URL('../../../../docs/performance.md', import.meta.url);
const pictures = new URL('../../../../docs/pictures/', import.meta.url);

/** What a command has to say on the page about performance. */
export interface Figures {
  /** Of the part of the page, and of the picture's file. */
  readonly name: string;
  /** Between `<!-- figures: name -->` and `<!-- end: name -->`. */
  readonly text: string;
  /** SVG, or null where there is none. */
  readonly picture: string | null;
}

/** Puts figures into docs/performance.md and pictures beside it. Throws if the page has no such part. */
export async function writeFigures(all: readonly Figures[]): Promise<void> {
  await mkdir(pictures, { recursive: true });
  let text = await readFile(page, 'utf8');
  for (const { name, text: inner, picture } of all) {
    const [begin, end] = [`<!-- figures: ${name} -->`, `<!-- end: ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/performance.md has no part between ${begin} and ${end}.`);
    text = `${text.slice(0, from)}${begin}\n\n${inner}\n\n${text.slice(to)}`;
    if (picture !== null) await writeFile(new URL(`${name}.svg`, pictures), picture);
  }
  await writeFile(page, text);
}
