/** What was walked, and what went wrong. */
export class Tally {
  walks = 0;
  pages = 0;
  rows = 0;
  faults: readonly string[] = [];

  add({ walks, pages, rows, faults }: Tally): void {
    this.walks += walks;
    this.pages += pages;
    this.rows += rows;
    this.faults = [...this.faults, ...faults];
  }

  /** The same, with every fault saying where it was. */
  within(place: string): this {
    this.faults = this.faults.map((fault) => `${place}: ${fault}`);
    return this;
  }

  toString(): string {
    const [walks, pages, rows, faults] = [this.walks, this.pages, this.rows, this.faults.length].map(figure);
    return `${walks} walks, ${pages} pages, ${rows} rows, ${faults} faults`;
  }
}

/** A number for people. */
export function figure(n: number): string {
  return n.toLocaleString('en-US');
}
