import { NETWORK_FAULTS, SERVER_FAULTS } from './faults/fault-name.js';
import { levels } from './levels/levels.js';
import type { ChaosReport } from './report.js';

/** With fewer writes there need not be faults of every kind; from many on there is one of each kind in a hundred. */
const FEW_WRITES = 1_000;
const MANY_WRITES = 20_000;

/** Why a run has failed: a promise of its level that was broken, or faults that did not come. */
export function brokenPromises(report: ChaosReport): readonly string[] {
  const { writes, landedFaults, unexplained } = report;
  const asked = report.faults.split(',');
  const broken = [...levels[report.level].broken(report)];
  if (unexplained > 0) broken.push(`${unexplained} things are there that nobody wrote`);
  if (report.acknowledged < writes / 2) broken.push(`only ${report.acknowledged} writes were acknowledged`);
  if (writes < FEW_WRITES) return broken;
  const least = writes < MANY_WRITES ? writes / 200 : writes / 100;
  const few = [
    ...NETWORK_FAULTS.filter((fault) => asked.includes(fault) && (landedFaults[fault] ?? 0) < least),
    ...SERVER_FAULTS.filter((fault) => asked.includes(fault) && (landedFaults[fault] ?? 0) === 0),
  ];
  if (few.length > 0) broken.push(`the harness does not bite: too little of ${few.join(', ')}`);
  const kills = ['killBackend', 'killServer'] as const;
  const killed = kills.reduce((sum, fault) => sum + (landedFaults[fault] ?? 0), 0);
  if (kills.every((fault) => asked.includes(fault)) && killed < writes / 1_000)
    broken.push(`the harness does not bite: only ${killed} kills`);
  return broken;
}
