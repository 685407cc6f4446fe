import { readFile } from 'node:fs/promises';

/** A pod of a trace: what an import makes a session with a kernel of. */
export interface PodLine {
  readonly name: string;
  readonly cpuMilli: number;
  readonly memoryMib: number;
  readonly gpus: number;
  readonly gpuMilli: number;
  readonly phase: string;
  readonly createdSecond: number;
  readonly deletedSecond: number;
}

/** A node of a trace: what an import makes an agent of. */
export interface NodeLine {
  readonly name: string;
  readonly cpuMilli: number;
  readonly memoryMib: number;
  readonly gpus: number;
  readonly model: string;
}

export interface TraceLines {
  readonly pods: readonly PodLine[];
  readonly nodes: readonly NodeLine[];
}

/** Reads the files of an openb trace, of which nothing is checked. */
export async function readTraceLines(files: { readonly pods: string; readonly nodes: string }): Promise<TraceLines> {
  const pods = (await linesOf(files.pods)).map((cell) => ({
    name: cell('name'),
    cpuMilli: Number(cell('cpu_milli')),
    memoryMib: Number(cell('memory_mib')),
    gpus: Number(cell('num_gpu')),
    gpuMilli: Number(cell('gpu_milli')),
    phase: cell('pod_phase'),
    createdSecond: Number(cell('creation_time')),
    deletedSecond: Number(cell('deletion_time')),
  }));
  const nodes = (await linesOf(files.nodes)).map((cell) => ({
    name: cell('sn'),
    cpuMilli: Number(cell('cpu_milli')),
    memoryMib: Number(cell('memory_mib')),
    gpus: Number(cell('gpu')),
    model: cell('model'),
  }));
  return { pods, nodes };
}

/** Lines of the same shape, and as many, the same each time. */
export function generatedTraceLines(): TraceLines {
  return {
    pods: Array.from({ length: 8_152 }, (_, i) => ({
      name: `pod-${i}`,
      cpuMilli: 1_000 + (i % 13) * 500,
      memoryMib: 1_024 + (i % 17) * 2_048,
      gpus: i % 5 === 0 ? 0 : 1 + (i % 2),
      gpuMilli: i % 3 === 0 ? 460 : 1_000,
      phase: ['Running', 'Running', 'Running', 'Failed', 'Pending', 'Succeeded'][i % 6]!,
      createdSecond: i * 1_500,
      deletedSecond: i * 1_500 + 86_400,
    })),
    nodes: Array.from({ length: 1_523 }, (_, i) => ({
      name: `node-${i}`,
      cpuMilli: 96_000,
      memoryMib: 786_432,
      gpus: i % 5 === 0 ? 0 : 8,
      model: i % 5 === 0 ? '' : 'V100',
    })),
  };
}

async function linesOf(file: string): Promise<readonly ((column: string) => string)[]> {
  const [header, ...lines] = (await readFile(file, 'utf8')).trim().split(/\r?\n/);
  const columns = header!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return (column) => cells[columns.indexOf(column)] ?? '';
  });
}
