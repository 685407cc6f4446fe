// `npm run bench`: operations against hand-written pg; `npm run bench -- resilience`: policies against the bare call.
import { benchDatabase } from './bench-database.js';
import { benchResilience } from './resilience/bench-resilience.js';

const line = process.argv.slice(2);
await (line[0] === 'resilience' ? benchResilience(line.slice(1)) : benchDatabase(line));
