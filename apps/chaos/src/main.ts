// `npm run chaos -- --writes 20000 --seed 1 --level L1`: writes to a ledger through Holdfast while the network, the server
// and the pool fail, and compares what is stored with what was acknowledged. Ends with one line of JSON, and with 1 if a
// promise was broken.
import { parseArgs } from 'node:util';
import { FAULTS, type FaultName } from './faults/fault-name.js';
import { LEVELS, type LevelName } from './levels/level.js';
import { levels } from './levels/levels.js';
import { runLevel } from './run-level.js';

const { values } = parseArgs({
  options: {
    writes: { type: 'string', default: '3000' },
    seed: { type: 'string' },
    level: { type: 'string', default: 'L1' },
    faults: { type: 'string' },
    limit: { type: 'string' },
  },
});
const writes = Number(values.writes);
const { report, findings } = await runLevel(
  {
    writes,
    seed: Number(values.seed ?? Math.floor(Math.random() * 2 ** 31)),
    level: values.level as LevelName,
    faults: (values.faults?.split(',') as FaultName[]) ?? FAULTS,
    limitSeconds: Number(values.limit ?? 60 + writes / 30),
  },
  (line) => console.error(line),
);
for (const [kind, sentences] of Object.entries(findings)) {
  for (const sentence of sentences.slice(0, 5)) console.error(`${kind}: ${sentence}`);
}
const broken = levels[report.level].broken(report);
for (const promise of broken) console.error(promise);
console.log(JSON.stringify(report));
void LEVELS;
process.exitCode = broken.length > 0 ? 1 : 0;
