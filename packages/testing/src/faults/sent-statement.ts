/** What a statement does to the transaction that it runs in. */
export type StatementEffect = 'begin' | 'commit' | 'rollback' | 'write' | 'none';

/** A statement as a client sent it. */
export interface SentStatement {
  readonly sql: string;
  readonly effect: StatementEffect;
  /** Whether another transaction begins where this statement ends one. */
  readonly chains: boolean;
}

const inFront = /^(?:[\s(;]|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/;
const effects: readonly (readonly [RegExp, StatementEffect])[] = [
  [/^(?:INSERT|UPDATE|DELETE|MERGE|WITH)\b/i, 'write'],
  [/^(?:BEGIN|START\s+TRANSACTION)\b/i, 'begin'],
  [/^(?:COMMIT|END)\b(?!\s+PREPARED\b)/i, 'commit'],
  [/^(?:ROLLBACK|ABORT)\b(?!(?:\s+(?:WORK|TRANSACTION))?\s+(?:TO|PREPARED)\b)/i, 'rollback'],
  [/^PREPARE\s+TRANSACTION\b/i, 'rollback'],
];

/** What a text is, told by its first words. */
export function sentStatement(sql: string): SentStatement {
  const words = sql.slice(inFront.exec(sql)?.[0].length);
  const effect = effects.find(([pattern]) => pattern.test(words))?.[1] ?? 'none';
  return { sql, effect, chains: (effect === 'commit' || effect === 'rollback') && /\bAND\s+CHAIN\b/i.test(words) };
}
