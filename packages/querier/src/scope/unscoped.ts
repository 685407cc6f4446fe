import { Misuse } from '@holdfast/errors';

const seal = Symbol('seal');

/** The explicit way out of scopes: every row of every tenant, with the reason for it. */
export class Unscoped {
  readonly #sealed = true;
  readonly reason: string;

  constructor(key: symbol, reason: string) {
    if (key !== seal) throw new Misuse('The way out of scopes is unscoped(reason).');
    this.reason = reason;
    Object.freeze(this);
  }

  static isUnscoped(value: unknown): value is Unscoped {
    return typeof value === 'object' && value !== null && #sealed in value;
  }
}

/** No scope, for a reason that is visible in events. Throws Misuse without a reason. */
export function unscoped(reason: string): Unscoped {
  if (typeof reason !== 'string' || reason.trim() === '') throw new Misuse('unscoped() needs a reason.');
  return new Unscoped(seal, reason);
}
