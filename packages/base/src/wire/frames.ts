// Messages of the extended query protocol (PostgreSQL 53.2.3, 53.7), written ahead where they never change.

const encoder = new TextEncoder();

function frame(code: string, body: Uint8Array): Buffer {
  const message = Buffer.allocUnsafe(5 + body.length);
  message.write(code, 0, 'latin1');
  message.writeInt32BE(4 + body.length, 1);
  message.set(body, 5);
  return message;
}

const text = (value: string): Buffer => Buffer.concat([encoder.encode(value), Buffer.of(0)]);

/** Parse: prepares `sql` under a name, parameter types left to the server. */
export function parseFrame(name: string, sql: string): Buffer {
  return frame('P', Buffer.concat([text(name), text(sql), Buffer.of(0, 0)]));
}

/** Close: forgets a prepared statement. */
export function closeFrame(name: string): Buffer {
  return frame('C', Buffer.concat([Buffer.from('S'), text(name)]));
}

/** The start of a Bind message's body: the unnamed portal, the statement, and no format codes: all in text. */
export function bindHead(name: string): Buffer {
  return Buffer.concat([Buffer.of(0), text(name), Buffer.of(0, 0)]);
}

/** Execute: the unnamed portal, all rows. */
export const EXECUTE: Buffer = frame('E', Buffer.of(0, 0, 0, 0, 0));

export const SYNC: Buffer = frame('S', Buffer.alloc(0));
