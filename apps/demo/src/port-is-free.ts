import { once } from 'node:events';
import net from 'node:net';
import { HOST } from './host.js';

/** Whether a port of this machine can be listened on, asked early, before anything slow is done. */
export async function portIsFree(port: number): Promise<boolean> {
  const probe = net.createServer();
  try {
    probe.listen(port, HOST);
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
