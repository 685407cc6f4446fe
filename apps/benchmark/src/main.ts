// `npm run bench`: operations of several libraries; and what else is measured, by its name.
import { benchAllocations } from './allocations/bench-allocations.js';
import { benchBulk } from './bulk/bench-bulk.js';
import { benchCache } from './cache/bench-cache.js';
import { benchCosts } from './costs/bench-costs.js';
import { benchOperations } from './bench-operations.js';
import { chosen } from './chosen.js';
import { benchCopy } from './copy/bench-copy.js';
import { benchImport } from './import/bench-import.js';
import { benchPoints } from './points/bench-points.js';
import { profileContender } from './profile-contender.js';
import { isRefusedOption } from './refused-option.js';
import { benchResilience } from './resilience/bench-resilience.js';
import { benchScale } from './scale/bench-scale.js';
import { benchSharing } from './sharing/bench-sharing.js';
import { benchSoak } from './soak/bench-soak.js';

const commands: Readonly<Record<string, (line: readonly string[]) => Promise<void>>> = {
  allocations: benchAllocations,
  bulk: benchBulk,
  cache: benchCache,
  copy: benchCopy,
  costs: benchCosts,
  import: benchImport,
  points: benchPoints,
  profile: profileContender,
  resilience: benchResilience,
  scale: benchScale,
  sharing: benchSharing,
  soak: benchSoak,
};

const line = process.argv.slice(2);
const command = line[0]?.startsWith('-') === false ? line[0] : null;
try {
  if (command === null) await benchOperations(line);
  else await commands[chosen(Object.keys(commands), command)[0]!]!(line.slice(1));
} catch (error) {
  if (!isRefusedOption(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
