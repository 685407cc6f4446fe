// Messages to a server (PostgreSQL 53.7), as bytes.

/** Bind and Execute of a statement that is prepared under a name, with values in text form. */
export function execution(name: string, values: readonly string[] = []): Buffer {
  const bound = values.flatMap((value) => [int32(Buffer.byteLength(value)), Buffer.from(value)]);
  return Buffer.concat([
    message('B', [Buffer.from(`\0${name}\0`), int16(0), int16(values.length), ...bound, int16(0)]),
    message('E', [Buffer.from('\0'), int32(0)]),
  ]);
}

/** The end of what is sent together. */
export const SYNC: Buffer = message('S', []);

function message(type: string, parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  return Buffer.concat([Buffer.from(type), int32(length), ...parts]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
