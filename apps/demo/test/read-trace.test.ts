import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readTrace } from '../src/import/read-trace.js';
import { StartUpFailure } from '../src/start-up-failure.js';

const podHeader =
  'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time';
const nodeHeader = 'sn,cpu_milli,memory_mib,gpu,model';
const goodPod = 'pod-1,6000,12288,1,460,,LS,Running,10,30,20';
const goodNode = 'node-1,32000,262144,2,G2';

describe('readTrace', () => {
  let folder: string;
  let reported: string[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'holdfast-demo-trace-'));
    reported = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  const file = (name: string) => path.join(folder, name);
  async function read(pods: string | Buffer, nodes: string = `${nodeHeader}\n${goodNode}\n`, skipBadLines = false) {
    await writeFile(file('pods.csv'), pods);
    await writeFile(file('nodes.csv'), nodes);
    const files = { pods: file('pods.csv'), nodes: file('nodes.csv') };
    return readTrace(files, { skipBadLines, report: (line) => reported.push(line.replace(`${folder}/`, '')) });
  }

  it('reads numbers as numbers and an empty scheduled_time as null', async () => {
    const trace = await read(`${podHeader}\n${goodPod}\npod-2,1000,1,0,0,V100|T4,BE,Pending,10,30,\n`);

    expect(trace.pods).toEqual([
      expect.objectContaining({ name: 'pod-1', cpu_milli: 6000, gpu_milli: 460, scheduled_time: 20 }),
      expect.objectContaining({ name: 'pod-2', gpu_spec: 'V100|T4', scheduled_time: null }),
    ]);
    expect(trace.nodes).toEqual([{ sn: 'node-1', cpu_milli: 32000, memory_mib: 262144, gpu: 2, model: 'G2' }]);
  });

  it('takes columns in any order, further columns, quotes, CRLF and a byte order mark', async () => {
    const header = `remark,${podHeader.split(',').reverse().join(',')}`;
    const line = `"a, b",${goodPod.split(',').reverse().join(',')}`;
    const trace = await read(`\uFEFF${header}\r\n${line}\r\n`);
    expect(trace.pods).toEqual([expect.objectContaining({ name: 'pod-1', creation_time: 10, deletion_time: 30 })]);
  });

  it.each([
    ['pod-2,6000,12288,1,460,,LS,Running,10,30', '11 values are needed, not 10'],
    ['pod-2,6000,12288,1,460,,LS,Running,10,30,20,1', '11 values are needed, not 12'],
    ['pod-2,six,12288,1,460,,LS,Running,10,30,20', 'cpu_milli is not a whole number'],
    ['pod-2,-1,12288,1,460,,LS,Running,10,30,20', 'cpu_milli is not a whole number'],
    ['pod-2,10000001,12288,1,460,,LS,Running,10,30,20', 'cpu_milli is more than 10000000'],
    ['pod-2,6000,12288,1,1001,,LS,Running,10,30,20', 'gpu_milli is more than 1000'],
    ['pod-2,6000,12288,1,0,,LS,Running,10,30,20', 'gpu_milli is 0 although num_gpu is not'],
    ['pod-2,6000,12288,1,460,,XX,Running,10,30,20', 'qos is not LS, BE, Burstable or Guaranteed'],
    ['pod-2,6000,12288,1,460,,LS,Done,10,30,20', 'pod_phase is not Running, Failed, Pending or Succeeded'],
    ['pod-2,6000,12288,1,460,,LS,Running,10,30,soon', 'scheduled_time is not a whole number'],
    ['pod-2,6000,12288,1,460,,LS,Running,40,30,45', 'deletion_time is before creation_time'],
    ['pod-2,6000,12288,1,460,,LS,Running,10,30,5', 'scheduled_time is before creation_time'],
    ['pod-2,6000,12288,1,460,,LS,Running,10,30,31', 'scheduled_time is after deletion_time'],
    ['pod 2,6000,12288,1,460,,LS,Running,10,30,20', 'name is not a name of 1 to 64 letters'],
    ['pod-1,6000,12288,1,460,,LS,Running,10,30,20', 'name is that of line 2'],
    ['pod-2,"6000,12288,1,460,,LS,Running,10,30,20', 'a quote is misplaced or not closed'],
    ['', 'the line is empty'],
  ])('reports %j by its number and reason, and takes nothing over', async (line, reason) => {
    const attempt = read(`${podHeader}\n${goodPod}\n${line}\npod-3,1,1,0,0,,BE,Failed,1,2,1\n`);

    await expect(attempt).rejects.toThrow(StartUpFailure);
    await expect(attempt).rejects.toThrow('1 bad line: nothing was imported.');
    expect(reported).toEqual([expect.stringContaining(`pods.csv:3: ${reason}`)]);
  });

  it('leaves bad lines out and reports them when told to', async () => {
    const pods = `${podHeader}\n"broken\n${goodPod}\nworse\n`;
    const trace = await read(pods, `${nodeHeader}\nnode-0,1,1,1,no model\n${goodNode}\n`, true);

    expect(trace.pods.map(({ name }) => name)).toEqual(['pod-1']);
    expect(trace.nodes.map(({ sn }) => sn)).toEqual(['node-1']);
    expect(trace.badLines).toHaveLength(3);
    expect(reported).toEqual([
      'nodes.csv:2: model is not the name of a GPU model',
      'pods.csv:2: a quote is misplaced or not closed',
      'pods.csv:4: 11 values are needed, not 1',
    ]);
  });

  it('reports the first twenty bad lines and counts the rest', async () => {
    await expect(read(`${podHeader}\n${'bad\n'.repeat(25)}`)).rejects.toThrow('25 bad lines');
    expect(reported).toHaveLength(21);
    expect(reported.at(-1)).toBe('… and 5 more bad lines');
  });

  it('reports bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(`${podHeader}\npod-`), Buffer.from([0xff]), Buffer.from(',1\n')]);
    await expect(read(bytes)).rejects.toThrow('1 bad line');
    expect(reported).toEqual(['pods.csv:2: the line is not UTF-8']);
  });

  it.each([
    ['', /pods\.csv is empty/],
    ['name,qos\n', /pods\.csv has no column cpu_milli, memory_mib/],
    [`${podHeader},name\n`, /pods\.csv has a column twice/],
    ['"name\n', /The header of .*pods\.csv is not CSV/],
  ])('refuses a file that starts with %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('refuses a line that never ends by its number, also where bad lines are left out', async () => {
    const attempt = read(`${podHeader}\n${'0'.repeat(70_000)}`, undefined, true);
    await expect(attempt).rejects.toThrow(StartUpFailure);
    await expect(attempt).rejects.toThrow(/pods\.csv:2: the line has more than 65,536 characters\.$/);

    const options = { skipBadLines: true, report: () => undefined };
    const endless = readTrace({ pods: '/dev/zero', nodes: '/dev/zero' }, options);
    await expect(endless).rejects.toThrow('/dev/zero:1: the line has more than 65,536 characters.');
  });

  it('refuses a file of too many lines, however short they are', async () => {
    await writeFile(file('nodes.csv'), `${nodeHeader}\n${'\n'.repeat(600_000)}`);
    const options = { skipBadLines: true, report: () => undefined };
    const attempt = readTrace({ pods: file('pods.csv'), nodes: file('nodes.csv') }, options);
    await expect(attempt).rejects.toThrow(/nodes\.csv:\d+: the file is too large for an import\.$/);
  });

  it('reads a line that comes in several pieces', async () => {
    const remark = 'é'.repeat(60_000);
    const trace = await read(`${podHeader},remark\n${goodPod},${remark}\npod-2${goodPod.slice(5)},x`);
    expect(trace.pods.map(({ name }) => name)).toEqual(['pod-1', 'pod-2']);
  });

  it.each(['missing.csv', '.'])('says in one line that %s cannot be read', async (name) => {
    const options = { skipBadLines: true, report: () => undefined };
    const attempt = readTrace({ pods: file(name), nodes: file(name) }, options);
    await expect(attempt).rejects.toThrow(StartUpFailure);
    await expect(attempt).rejects.toThrow(/cannot be read \((ENOENT|EISDIR)\)\.$/);
  });
});
