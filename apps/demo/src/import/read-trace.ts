import { StartUpFailure } from '../start-up-failure.js';
import type { BadLine } from './bad-line.js';
import { type TraceNode, nodeSchema } from './node-schema.js';
import { type Pod, podSchema } from './pod-schema.js';
import { readTable } from './read-table.js';

/** A trace, read and checked whole. */
export interface Trace {
  readonly pods: readonly Pod[];
  readonly nodes: readonly TraceNode[];
  /** The lines that were left out. */
  readonly badLines: readonly BadLine[];
}

const SHOWN_BAD_LINES = 20;

/**
 * Reads both files of a trace before anything is stored. Each bad line goes to `report` (after the first twenty, their
 * number only). Throws `StartUpFailure` if there is one, unless `skipBadLines`.
 */
export async function readTrace(
  files: { readonly pods: string; readonly nodes: string },
  options: { readonly skipBadLines: boolean; readonly report: (line: string) => void },
): Promise<Trace> {
  const nodes = await readTable(files.nodes, nodeSchema);
  const pods = await readTable(files.pods, podSchema);
  const badLines = [...nodes.badLines, ...pods.badLines];
  badLines.slice(0, SHOWN_BAD_LINES).forEach((bad) => options.report(`${bad.file}:${bad.line}: ${bad.reason}`));
  if (badLines.length > SHOWN_BAD_LINES) options.report(`… and ${badLines.length - SHOWN_BAD_LINES} more bad lines`);
  if (badLines.length > 0 && !options.skipBadLines) {
    throw new StartUpFailure(
      `${badLines.length} bad line${badLines.length === 1 ? '' : 's'}: nothing was imported. --skip-bad-lines leaves them out.`,
    );
  }
  return { pods: pods.lines, nodes: nodes.lines, badLines };
}
