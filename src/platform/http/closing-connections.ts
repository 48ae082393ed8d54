import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a server that closes end as soon as what it was asked is answered: a connection that is busy ends with its
 * answer, every other one at once. Node's own `closeIdleConnections` spares those on which nothing was ever asked,
 * as browsers open them ahead, and waits for them without end.
 */
export function endConnectionsOnClose(fastify: FastifyInstance): void {
  const requestsOn = new Map<Socket, number>();
  let isClosing = false;
  const endIfQuiet = (socket: Socket): void => {
    if (isClosing && requestsOn.get(socket) === 0) {
      socket.destroySoon();
    }
  };
  const count = (socket: Socket, change: 1 | -1): void => {
    const requests = requestsOn.get(socket);
    if (requests !== undefined) {
      requestsOn.set(socket, requests + change);
      endIfQuiet(socket);
    }
  };

  fastify.server.on('connection', (socket: Socket) => {
    requestsOn.set(socket, 0);
    socket.once('close', () => requestsOn.delete(socket));
    endIfQuiet(socket);
  });
  fastify.server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => {
      count(socket, -1);
    });
  });
  fastify.addHook('preClose', (done) => {
    isClosing = true;
    [...requestsOn.keys()].forEach(endIfQuiet);
    done();
  });
  // Tells the client, too, so that it sends nothing more on a connection about to end.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (isClosing) {
      void reply.header('connection', 'close');
    }
    done(null, payload);
  });
}
