import type { Job } from './job.js';

/** The columns with the type that their texts travel as, and how a value becomes one. */
const columns: Readonly<Record<keyof Job, readonly [type: string, value?: (job: Job) => unknown]>> = {
  id: ['uuid'],
  tenant: ['text'],
  position: ['bigint'],
  name: ['text'],
  status: ['text'],
  kind: ['varchar'],
  labels: ['text[]', ({ labels }) => JSON.stringify(labels).replace('[', '{').replace(/]$/, '}')],
  ports: ['integer[]', ({ ports }) => `{${ports.join()}}`],
  requested_slots: ['jsonb', ({ requested_slots }) => JSON.stringify(requested_slots)],
  history: ['jsonb', ({ history }) => JSON.stringify(history)],
  price: ['numeric'],
  used_ms: ['bigint'],
  attempts: ['integer'],
  priority: ['smallint'],
  weight: ['double precision'],
  is_public: ['boolean'],
  created_at: ['timestamptz'],
  starts_at: ['timestamptz'],
  due_on: ['date'],
  note: ['text'],
};

export const names = Object.keys(columns) as readonly (keyof Job)[];
const values = names.map((name) => columns[name][1] ?? ((job: Job) => job[name]));
const types = names.map((name) => columns[name][0]);

// unnest would flatten arrays of arrays: those travel as texts.
const arrays = types.map((type, i) => `$${i + 1}::${type.endsWith('[]') ? 'text' : type}[]`).join(', ');
const given = types.map((type, i) => (type.endsWith('[]') ? `${names[i]!}::${type}` : names[i]!)).join(', ');

/** Hand-written: rows that are given column by column. */
export const insert = `INSERT INTO jobs (${names.join(', ')}) SELECT ${given} FROM unnest(${arrays}) r(${names.join(', ')})`;

/** The parameters of the insertion. */
export function unnested(jobs: Iterable<Job>): unknown[][] {
  const lists: unknown[][] = names.map(() => []);
  for (const job of jobs) values.forEach((value, i) => lists[i]!.push(value(job)));
  return lists;
}

export const copy = `COPY jobs (${names.join(', ')}) FROM STDIN`;

/** Rows in the text format of COPY. */
export function copied(jobs: Iterable<Job>): string {
  let text = '';
  for (const job of jobs) text += `${values.map((value) => field(value(job))).join('\t')}\n`;
  return text;
}

const signs: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function field(value: unknown): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString();
  return String(value as string | number | boolean).replaceAll(/[\\\n\r\t]/g, (sign) => signs[sign]!);
}
