// Starts a server, prints what it is, and holds it. On SIGINT it drains until it is told to go on, and stops the server.
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';

const server = await startEmbeddedPostgres(JSON.parse(process.argv[2] ?? '{}'));

process.once('SIGINT', () => {
  console.log('draining');
  process.stdin.once('data', async () => {
    await server.stop();
    console.log('stopped');
    process.stdin.destroy();
  });
});
process.stdin.resume();
console.log(JSON.stringify(server));
