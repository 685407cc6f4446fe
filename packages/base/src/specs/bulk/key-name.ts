import type { ColumnKind } from '@holdfast/querier';
import type { Cells } from '../creation.js';

/** A text that the same keys share, however they are written. Different ones may share it, too. */
export function keyName(key: Cells): string {
  return JSON.stringify(key.map(([{ type }, text]) => nameOf(type.kind, text!)));
}

function nameOf(kind: ColumnKind, text: string): string {
  switch (kind) {
    case 'uuid':
      return text.toLowerCase();
    case 'text':
      // Some text is the same in capitals: citext, and what a collation says so of.
      return text.normalize('NFKD').toLowerCase();
    case 'numeric':
      return decimalName(text);
    case 'float':
      // Of a `real` the database keeps less than what is written.
      return String(Math.fround(Number(text)));
    case 'date':
      return text.replace(/^0+/, '');
    case 'timestamptz':
      return String(Date.parse(text));
    case 'timestamp':
      return String(Date.parse(`${text}Z`));
    case 'time':
      return String(Date.parse(`1970-01-01T${text}Z`));
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'boolean':
    case 'bytea':
    case 'enum':
      return text;
    case 'interval':
    case 'json':
    case 'jsonb':
    case 'verbatim':
      // PostgreSQL alone knows which of these are the same.
      return '';
  }
}

const decimal = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;

/** Digits without the zeros around them, and where the point stands. */
function decimalName(text: string): string {
  const [, sign, whole, fraction, exponent = '0'] = decimal.exec(text)!;
  const significant = `${whole!}${fraction!}`.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return '0';
  const power = Number(exponent) - fraction!.length + (significant.length - digits.length);
  return `${sign === '-' ? '-' : ''}${digits}e${power}`;
}
