import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemOf } from './problem-of.js';
import { RequestRefused } from './request-refused.js';

const refusals: Readonly<Record<string, RequestRefused>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new RequestRefused(408, 'The request did not come in time.'),
  HPE_HEADER_OVERFLOW: new RequestRefused(431, 'The headers of the request are too large.'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: new RequestRefused(413, 'The chunk extensions of the request are too large.'),
};
const notHttp = new RequestRefused(400, 'The request is not valid HTTP.');

/** Answers what could not be read as HTTP with a problem document, as far as anybody is there to read it, and hangs up. */
export function refuseConnection(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(refusals[error.code ?? ''] ?? notHttp);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]!}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
