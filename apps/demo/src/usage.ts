import { DEFAULT_PORT } from './configuration.js';

/** What `--help` prints. */
export const usage = `Holdfast demo: sessions and agents of a GPU cluster over REST, on PostgreSQL.

  npm run demo -- [options]

  --port <n>          listen on this port of 127.0.0.1 (default ${DEFAULT_PORT}; 0 takes a free one)
  --import <file>     start from a trace: its pods as CSV; needs --nodes
  --nodes <file>      the nodes of the trace as CSV
  --skip-bad-lines    leave out the lines of a trace that are not valid, and report them
  -h, --help          print this

  DATABASE_URL        use this PostgreSQL database instead of an embedded one; it is migrated, and filled if it is empty
  SECRET_KEYS
                      id:key,… with 32 bytes in base64 as key, the newest first: encrypts the secrets of notification
                      channels, which else are good for as long as the demo runs
  NOTIFICATIONS_TO_PRIVATE_ADDRESSES
                      yes: webhooks and mail servers may be this machine and in its network

Ctrl-C ends it; a second Ctrl-C ends it at once.
`;
