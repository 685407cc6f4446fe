// Creates a parcel with an operation key, in a dbSession and alone, as often as it is told to, and prints the answers.
import { DataSource } from 'typeorm';
import { Database, guardedPool, operationKey } from '../../src/index.js';
import { DepotRow } from '../fixture/parcels/depot-row.js';
import { ParcelRow } from '../fixture/parcels/parcel-row.js';
import { of, parcels } from '../fixture/parcels/parcels.js';

const [, , url, text, code, times] = process.argv;
const entities = [ParcelRow, DepotRow];
const dataSource = await new DataSource({ type: 'postgres', url: url!, entities, ...guardedPool() }).initialize();
const database = new Database(dataSource);
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
const answers = await Promise.all(
  Array.from({ length: Number(times) }, (_, i) =>
    i % 2 === 0
      ? database
          .execute(parcels.create(of('a'), { values: { code: code! } }), { operationKey: operationKey(text!) })
          .then(({ id }) => id)
      : database.beginSession(
          async (dbSession) => {
            const spec = parcels.create(of('a'), { values: { code: `${code!} in a closure` } });
            return (await dbSession.execute(spec)).id;
          },
          { name: 'create', operationKey: operationKey(`${text!} in a closure`, { scope: of('a'), keepResult: true }) },
        ),
  ),
);
process.stdout.write(`${JSON.stringify(answers)}\n`);
await dataSource.destroy();
process.exit();
