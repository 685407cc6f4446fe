import { Misuse } from '@holdfast/errors';
import type { PrometheusObserverArgs } from './prometheus-observer-args.js';

/** The arguments with every default filled in. */
export type ObserverSettings = Readonly<Required<Omit<PrometheusObserverArgs, 'register' | 'prefix' | 'exemplars'>>> & {
  readonly exemplars: NonNullable<PrometheusObserverArgs['exemplars']> | null;
};

/** Throws Misuse for arguments that make no sense. */
export function observerSettings(args: PrometheusObserverArgs): ObserverSettings {
  const settings: ObserverSettings = {
    source: args.source ?? null,
    databases: args.databases ?? {},
    resiliences: args.resiliences ?? [],
    naming: args.naming ?? 'seeds',
    maxLabelValues: args.maxLabelValues ?? 1000,
    exemplars: args.exemplars ?? null,
    now: args.now ?? Date.now,
  };
  const { maxLabelValues, databases, exemplars } = settings;
  if (!Number.isInteger(maxLabelValues) || maxLabelValues < 1) {
    throw new Misuse(`maxLabelValues must be an integer from 1, not ${String(maxLabelValues)}.`);
  }
  if (exemplars !== null && typeof exemplars !== 'function') throw new Misuse('exemplars must be a function.');
  for (const [name, database] of Object.entries(databases)) {
    if (typeof database?.poolFigures !== 'function') throw new Misuse(`databases.${name} has no poolFigures().`);
  }
  return settings;
}
