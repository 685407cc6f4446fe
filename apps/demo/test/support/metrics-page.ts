type Labels = Readonly<Record<string, string>>;

/** What a page of `/metrics` says, to be asked by name and labels. */
export class MetricsPage {
  readonly #samples: readonly { readonly name: string; readonly labels: Labels; readonly value: number }[];

  constructor(text: string) {
    this.#samples = text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const [, name, labels = '', value] = /^([^{ ]+)(?:\{(.*)\})? (\S+)/.exec(line)!;
        const pairs = [...labels.matchAll(/([^=,]+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text]) => [label, text]);
        return { name: name!, labels: Object.fromEntries(pairs) as Labels, value: Number(value) };
      });
  }

  /** The sum of all samples of this name that have these labels, among others; 0 if there is none. */
  sum(name: string, labels: Labels = {}): number {
    return this.#of(name, labels).reduce((sum, { value }) => sum + value, 0);
  }

  /** Whether there is a sample of this name and these labels. */
  has(name: string, labels: Labels = {}): boolean {
    return this.#of(name, labels).length > 0;
  }

  #of(name: string, labels: Labels): readonly { readonly labels: Labels; readonly value: number }[] {
    return this.#samples.filter(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    );
  }
}
