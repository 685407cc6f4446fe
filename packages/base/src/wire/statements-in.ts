// Comments, texts, quoted names and what stands between dollars: none of it says what a statement does.
const noise =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\bE'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1/gi;

/** The statements of one text in capitals, with nothing in them but what the server acts upon. Values are `''`. */
export function statementsIn(sql: string): readonly string[] {
  return sql
    .replace(noise, (found) => (found.startsWith('--') || found.startsWith('/*') ? ' ' : `''`))
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim().toUpperCase())
    .filter((statement) => statement !== '');
}
