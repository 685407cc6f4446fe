import { randomBytes } from 'node:crypto';

/** What the canary of a tenant begins with. */
export const canaryOf = { mine: 'canarya', theirs: 'canaryb' } as const;

/** One of the two tenants of a world. What its rows hold begins with its own tokens, so that it is known everywhere. */
export class Tenant {
  readonly name: 'mine' | 'theirs';
  /** Part of its ids and keys, which another tenant may know. */
  readonly token = randomBytes(4).toString('hex');
  /** What every text of its rows holds, and nobody else may see. */
  readonly canary: string;

  constructor(name: 'mine' | 'theirs') {
    this.name = name;
    this.canary = `${canaryOf[name]}${randomBytes(6).toString('hex')}`;
  }

  /** The id of its row number `n`, or of something else that it alone has. */
  uuid(n: number): string {
    return `${this.token}-0000-7000-8000-${String(n).padStart(12, '0')}`;
  }

  /** A key of its own that others may guess. */
  key(kind: string): string {
    return `${kind}-${this.token}`;
  }
}
