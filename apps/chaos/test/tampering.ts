import fc from 'fast-check';
import type { MadeHistory, Tamperable } from './made-history.js';

/** Changes one thing of a history; false if there is nothing to change. */
interface Tampering {
  readonly name: string;
  readonly apply: (history: MadeHistory) => boolean;
}

/** One tampering of any kind, that no correct history explains. */
export function tampering(): fc.Arbitrary<Tampering> {
  const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  return fc
    .tuple(fc.constantFrom(...tamperings), at)
    .map(([[name, tamper], place]) => ({ name: `${name} at ${place}`, apply: (history) => tamper(history, place) }));
}

type Place = (history: MadeHistory, place: number) => boolean;
type Table = keyof Tamperable;

const tables: readonly Table[] = ['entries', 'postings', 'counters', 'registers', 'changes', 'vouchers'];
const rowsOf = ({ stored }: MadeHistory, table: Table): object[] => stored[table] as object[];

function pick<Item>(items: readonly Item[], place: number): number | null {
  return items.length === 0 ? null : Math.floor(place * items.length);
}

const columns = ['value', 'seq', 'worker', 'slot', 'counter', 'id', 'total'];
const tamperings: readonly (readonly [string, Place])[] = [
  ...tables.flatMap((table): [string, Place][] => [
    [`a row of ${table} twice`, duplicated(table)],
    [`no row of ${table}`, removed(table)],
    ...columns.map((column): [string, Place] => [`another ${column} in ${table}`, changed(table, column)]),
  ]),
  ['what was acknowledged, failed', toldOtherwise('acknowledged', 'failed')],
  ['what failed, acknowledged', toldOtherwise('failed', 'acknowledged')],
  ['another value returned', returnedOtherwise],
];

function duplicated(table: Table): Place {
  return (history, place) => {
    const rows = rowsOf(history, table);
    const i = pick(rows, place);
    if (i === null) return false;
    rows.splice(i, 0, rows[i]!);
    return true;
  };
}

function removed(table: Table): Place {
  return (history, place) => {
    const rows = rowsOf(history, table);
    const i = pick(rows, place);
    if (i === null) return false;
    // Where callers were told that it is not known, a single row may be missing.
    const row = rows[i] as { worker?: number; seq?: number };
    const { told } = history.outcomes.find(({ write }) => write.worker === row.worker && write.seq === row.seq) ?? {};
    if (told === 'ambiguous' && ['entries', 'vouchers', 'changes'].includes(table)) return false;
    rows.splice(i, 1);
    return true;
  };
}

function changed(table: Table, column: string): Place {
  return (history, place) => {
    const rows = rowsOf(history, table) as Record<string, unknown>[];
    const i = pick(rows, place);
    if (i === null || !(column in rows[i]!)) return false;
    const value = rows[i]![column];
    rows[i] = { ...rows[i], [column]: typeof value === 'number' ? value + 1_000 : `${String(value)}?` };
    return true;
  };
}

function toldOtherwise(from: 'acknowledged' | 'failed', to: 'acknowledged' | 'failed'): Place {
  return ({ outcomes }, place) => {
    const places = outcomes.flatMap(({ told }, i) => (told === from ? [i] : []));
    const at = pick(places, place);
    if (at === null) return false;
    const { write } = outcomes[places[at]!]!;
    outcomes[places[at]!] = { write, told: to, returned: to === 'acknowledged' ? write.value : null };
    return true;
  };
}

function returnedOtherwise({ outcomes }: MadeHistory, place: number): boolean {
  const places = outcomes.flatMap(({ told }, i) => (told === 'acknowledged' ? [i] : []));
  const at = pick(places, place);
  if (at === null) return false;
  const { write } = outcomes[places[at]!]!;
  outcomes[places[at]!] = { write, told: 'acknowledged', returned: `${write.value}?` };
  return true;
}
