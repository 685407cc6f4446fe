import { idOf, tenantOf } from './scale-table.js';

/** Rows that are read, one in each turn. */
const KNOWN = 5_000;

export interface KnownRow {
  readonly id: string;
  readonly tenant: string;
}

/** Rows of a table that are known without asking, spread evenly over it. */
export class ScaleRows {
  readonly #rows: number;

  constructor(rows: number) {
    this.#rows = rows;
  }

  ofAllTenants(): readonly KnownRow[] {
    return this.#spread(KNOWN, 1, 0);
  }

  /** Of the first of the small tenants. */
  ofFirstTenant(): readonly KnownRow[] {
    return this.#spread(KNOWN, 100, 1);
  }

  /** So many ids of the large tenant. */
  idsOfLarge(length: number): readonly string[] {
    return this.#spread(length, 5, 0).map(({ id }) => id);
  }

  /** Up to `count` among every `step`th row from `first` on. */
  #spread(count: number, step: number, first: number): readonly KnownRow[] {
    const there = Math.floor(this.#rows / step);
    const taken = Math.min(count, there);
    return Array.from({ length: taken }, (_, i) => {
      const position = first + step * Math.floor((i * there) / taken);
      return { id: idOf(position), tenant: tenantOf(position) };
    });
  }
}
