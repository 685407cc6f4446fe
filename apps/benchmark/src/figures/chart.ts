/** A picture of lines: one or more panels side by side over the same x. */
export interface Chart {
  readonly title: string;
  /** What is seen, for who does not see it. */
  readonly description: string;
  readonly panels: readonly ChartPanel[];
}

export interface ChartPanel {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly isLogarithmic: boolean;
  /** What stands below the points of all lines. */
  readonly xs: readonly string[];
  readonly lines: readonly ChartLine[];
}

export interface ChartLine {
  readonly label: string;
  readonly ys: readonly number[];
  /** Lines of the same number have the same colour and differ in their dashes. */
  readonly colour: number;
  readonly isDashed: boolean;
}
