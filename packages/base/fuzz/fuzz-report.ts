/** What became of the cases of one door, or of all. */
export interface FuzzReport {
  readonly cases: number;
  readonly refused: number;
  readonly answered: number;
  /** What was wrong, as texts with the case and how to see it again. */
  readonly faults: readonly string[];
}

export const noCases: FuzzReport = { cases: 0, refused: 0, answered: 0, faults: [] };

export function addedReport(a: FuzzReport, b: FuzzReport): FuzzReport {
  return {
    cases: a.cases + b.cases,
    refused: a.refused + b.refused,
    answered: a.answered + b.answered,
    faults: [...a.faults, ...b.faults],
  };
}

/** `100,000 cases, 61,234 refused, 38,766 answered, 0 faults`. */
export function reportLine({ cases, refused, answered, faults }: FuzzReport): string {
  const figure = (n: number): string => n.toLocaleString('en-US');
  return `${figure(cases)} cases, ${figure(refused)} refused, ${figure(answered)} answered, ${figure(faults.length)} faults`;
}
