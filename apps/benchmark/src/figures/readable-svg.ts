/** The colours that pictures are drawn with: each is replaced where dark is asked for. */
export const lightColours = {
  paper: '#ffffff',
  ink: '#1f2328',
  faint: '#d8dee4',
  lines: ['#0550ae', '#a40e26', '#116329', '#8250df'],
} as const;

const darkColours = {
  paper: '#0d1117',
  ink: '#e6edf3',
  faint: '#30363d',
  lines: ['#79c0ff', '#ff7b72', '#7ee787', '#d2a8ff'],
} as const;

/**
 * Gives a drawing a title and a description for who does not see it, a paper of its own, and dark colours for readers who
 * prefer them.
 */
export function readableSvg(svg: string, title: string, description: string): string {
  const rules = [
    ...(['paper', 'ink', 'faint'] as const).map((name) => [lightColours[name], darkColours[name]] as const),
    ...lightColours.lines.map((colour, index) => [colour, darkColours.lines[index]!] as const),
  ].map(([light, dark]) => `[fill="${light}"] { fill: ${dark} } [stroke="${light}"] { stroke: ${dark} }`);
  const head = [
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>@media (prefers-color-scheme: dark) { ${rules.join(' ')} }</style>`,
  ].join('\n');
  const told = svg.replace('<svg ', '<svg role="img" aria-labelledby="title description" ');
  return `${withoutHover(told.replace('>', `>\n${head}`))}\n`;
}

/** A picture on a page is not pointed at, and what is numbered through the process would differ each time. */
function withoutHover(svg: string): string {
  return svg
    .replace(/<style ><!\[CDATA\[.*?<\/style>\n?/s, '')
    .replaceAll(/ class="zr[^"]*"/g, '')
    .replaceAll(/\bzr\d+-/g, 'zr-');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
