import { Misuse } from '@holdfast/errors';

/** A piece of SQL with its values, or a name, to be put into other SQL. */
export class SqlFragment {
  readonly #parts: readonly string[];
  readonly #values: readonly unknown[];

  private constructor(parts: readonly string[], values: readonly unknown[]) {
    this.#parts = parts;
    this.#values = values;
    Object.freeze(this);
  }

  static of(text: TemplateStringsArray, values: readonly unknown[]): SqlFragment {
    if (!isTemplate(text)) {
      throw new Misuse('SQL is written as a tagged template, sql`…`, so that its values are never part of its text.');
    }
    const broken = text.indexOf(undefined as never);
    if (broken !== -1) throw new Misuse(`Piece ${broken + 1} of the SQL has a backslash that JavaScript cannot read.`);
    values.forEach(checkValue);
    return new SqlFragment([...text], [...values]);
  }

  static identifier(names: readonly string[]): SqlFragment {
    if (names.length === 0) throw new Misuse('sqlIdentifier needs a name.');
    return new SqlFragment([names.map(quoted).join('.')], []);
  }

  /** The text, with a placeholder for each value, and the values. */
  compile(): { readonly text: string; readonly values: readonly unknown[] } {
    const values: unknown[] = [];
    return { text: this.#into(values), values };
  }

  #into(values: unknown[]): string {
    return this.#parts.reduce((text, part, i) => {
      const value = this.#values[i - 1];
      return `${text}${value instanceof SqlFragment ? value.#into(values) : `$${values.push(value)}`}${part}`;
    });
  }
}

/**
 * A piece of SQL for `` dbSession.sql`…` `` with its values as parameters, e.g. a condition that is only sometimes there:
 * `` sqlFragment`AND rank > ${rank}` ``, or `` sqlFragment`` `` for nothing.
 */
export function sqlFragment(text: TemplateStringsArray, ...values: readonly unknown[]): SqlFragment {
  return SqlFragment.of(text, values);
}

/** The name of a table, a column or a function, quoted: `sqlIdentifier('public', 'sessions')`. */
export function sqlIdentifier(...names: readonly string[]): SqlFragment {
  return SqlFragment.identifier(names);
}

function isTemplate(text: unknown): text is TemplateStringsArray {
  return Array.isArray(text) && Object.hasOwn(text, 'raw');
}

function quoted(name: unknown): string {
  if (typeof name !== 'string' || name === '' || name.includes('\0')) {
    throw new Misuse('A name in SQL is a text that is neither empty nor holds a zero character.');
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** Refuses what pg would send as something that nobody meant. */
function checkValue(value: unknown, i: number): void {
  const what = refusal(value);
  if (what !== null) throw new Misuse(`Value ${i + 1} of the SQL ${what}.`);
}

function refusal(value: unknown): string | null {
  if (value === undefined) return 'is undefined; NULL is said as null';
  if (typeof value === 'function' || typeof value === 'symbol') return `is a ${typeof value}`;
  if (value instanceof Promise) return 'is a promise: await it';
  if (value instanceof Map || value instanceof Set) return 'is a Map or a Set: give an array or a plain object';
  if (Array.isArray(value)) return refusedWithin(value);
  return null;
}

function refusedWithin(list: readonly unknown[]): string | null {
  if (list.some((one) => one instanceof SqlFragment)) return 'holds a piece of SQL: an array holds values';
  const found = Array.from(list, refusal).find((what) => what !== null);
  return found === undefined ? null : `holds what ${found}`;
}
