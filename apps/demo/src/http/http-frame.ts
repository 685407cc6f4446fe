import Fastify, { type FastifyInstance } from 'fastify';
import { checkBodyHead } from './check-body-head.js';
import { checkHead } from './check-head.js';
import { takeJsonBodies } from './json-body.js';
import { refuseConnection } from './refuse-connection.js';
import { RouteNotFound } from './request-refused.js';
import { sendProblem } from './send-problem.js';

const LARGEST_BODY = 1024 * 1024;

/**
 * A server without routes, which takes JSON and answers every failure with a problem document (RFC 9457).
 * `report` is told of each failure that a client learns nothing about.
 */
export function httpFrame(report: (error: unknown) => void): FastifyInstance {
  const server = Fastify({
    bodyLimit: LARGEST_BODY,
    forceCloseConnections: 'idle',
    // Requests that have come in while it closes are still served.
    return503OnClosing: false,
    // Query strings are read by the field sets, from the text.
    routerOptions: { querystringParser: () => ({}) },
    // Said by `checkHead` instead, as a problem document.
    http: { requireHostHeader: false },
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, error);
    },
  });
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));
  server.addHook('onRequest', checkHead);
  server.addHook('preParsing', checkBodyHead);
  takeJsonBodies(server);
  endConnectionsOnClose(server);
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, new RouteNotFound()));
  server.setErrorHandler((error, _request, reply) => {
    sendProblem(reply, error);
    if (reply.statusCode === 500) report(error);
  });
  return server;
}

/** Without it a connection whose last request was under way would be kept alive, and closing would wait for it. */
function endConnectionsOnClose(server: FastifyInstance): void {
  let isClosing = false;
  server.addHook('preClose', async () => {
    isClosing = true;
  });
  server.addHook('onSend', async (_request, reply) => {
    if (isClosing) void reply.header('connection', 'close');
  });
}
