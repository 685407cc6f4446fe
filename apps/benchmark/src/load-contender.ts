import type { OpenContender } from './contender.js';
import { contenders, OURS, SOCKETS } from './contenders/index.js';
import { openSockets } from './contenders/sockets.js';
import { versionOf } from './version-of.js';

/** How a contender is opened and what it is; or why it is not there. Throws for one that is always there. */
export async function loadContender(
  name: string,
): Promise<{ readonly open: OpenContender; readonly version: string } | { readonly missing: string }> {
  if (name === SOCKETS) return { open: openSockets, version: `Node ${process.versions.node}` };
  const open = contenders[name];
  if (open !== undefined) {
    const libraries = name.startsWith('pg') ? ['pg'] : ['typeorm', 'pg'];
    const versions = libraries.map(versionOf).join(', ');
    return { open, version: name === OURS ? `this repository, ${versions}` : versions };
  }
  try {
    return (await import(new URL(`../peers/${name}.mjs`, import.meta.url).href)) as {
      readonly open: OpenContender;
      readonly version: string;
    };
  } catch (error) {
    const { code, message } = error as Error & { readonly code?: string };
    // Its message would name folders of this machine.
    if (code === 'ERR_MODULE_NOT_FOUND') return { missing: 'its packages are not installed' };
    return { missing: message.split('\n')[0]! };
  }
}
