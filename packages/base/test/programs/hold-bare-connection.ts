// Holds a connection of pg's own pool in the way of its documentation, until it dies.
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 1 });
pool.on('error', () => {});
await pool.connect();
process.stdout.write('held\n');
