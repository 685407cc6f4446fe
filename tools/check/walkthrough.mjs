import { readFileSync } from 'node:fs';

// ```sh                    commands, one for each line, that work
// ```diff                  a change that applies
// <!-- refused --> ```sh   commands that fail and change nothing
const block = /^(<!-- refused -->\n+)?```(sh|diff)\n([\s\S]*?)^```$/gm;

/** What a page tells its readers to do, in order: `[{ line, kind, text }]`, a command or a change each. */
export function walkthrough(file) {
  const page = readFileSync(file, 'utf8');
  return [...page.matchAll(block)].flatMap(({ 0: whole, 1: refused, 2: language, 3: text, index }) => {
    const line = page.slice(0, index + whole.indexOf('```')).split('\n').length + 1;
    if (language === 'diff') return [{ line, kind: 'change', text }];
    const commands = text.split('\n').filter((command) => command !== '');
    return commands.map((command, at) => ({ line: line + at, kind: refused ? 'refused' : 'command', text: command }));
  });
}
