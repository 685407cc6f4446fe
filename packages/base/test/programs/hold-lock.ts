// Holds the lock whose name it is given until it is killed.
import { DataSource } from 'typeorm';
import { Database, guardedPool } from '../../src/index.js';

const [, , url, name] = process.argv;
const dataSource = await new DataSource({ type: 'postgres', url: url!, ...guardedPool() }).initialize();
await new Database(dataSource).withAdvisoryLock(name!, () => {
  process.stdout.write('held\n');
  return new Promise(() => setInterval(() => {}, 1_000));
});
