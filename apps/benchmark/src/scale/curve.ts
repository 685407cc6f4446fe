import type { WorkFigures } from './run-work.js';
import type { ScaleTask } from './scale-task.js';

export const CONTENDERS = ['holdfast', 'pg'] as const;

/** What is measured of one line at one place: the task, and by how many callers. */
export interface CurvePlace {
  readonly task: ScaleTask;
  readonly callers: number;
}

/** One line for each contender. */
export interface CurveLine {
  readonly label: string;
  readonly at: (x: number) => CurvePlace;
}

/** One half of a picture. */
export interface CurvePanel {
  readonly title: string;
  readonly unit: string;
  readonly figure: keyof WorkFigures;
  /** What a figure is divided by to be of the unit. Default 1. */
  readonly divisor?: number;
  readonly isLogarithmic: boolean;
}

/** How figures go with one quantity. */
export interface Curve {
  /** Of its picture's file and its part of the page. */
  readonly name: string;
  readonly title: string;
  readonly xLabel: string;
  readonly xs: readonly number[];
  readonly lines: readonly CurveLine[];
  readonly panels: readonly [CurvePanel, CurvePanel];
}

/** Of a line of one contender: its medians at each x, and its ratios within rounds. */
export interface MeasuredLine {
  readonly label: string;
  readonly contender: (typeof CONTENDERS)[number];
  readonly points: readonly MeasuredPoint[];
}

export interface MeasuredPoint extends WorkFigures {
  readonly x: number;
  /** Median time and CPU time per operation, as a ratio to the line's first x. */
  readonly timeToFirst: number;
  readonly cpuToFirst: number;
  /** The same, as a ratio to pg at the same x. */
  readonly timeToPg: number;
  readonly cpuToPg: number;
}

export interface MeasuredCurve {
  readonly curve: Curve;
  readonly lines: readonly MeasuredLine[];
}
