import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export type FreePortOptions = {
  /** Tried in this order before any other; a port that is taken or above `highest` is passed over. */
  readonly preferred?: readonly number[];
  /** Redis Cluster adds 10,000 to its port, so Redis asks for 55,535 at most. */
  readonly highest?: number;
};

/**
 * Registered ports below those that systems lend to whoever connects (from 32,768 on Linux, from 49,152 elsewhere: RFC 6335).
 * A lent one could be taken by any connection while its server is not there yet, or is down for a moment.
 */
const NOT_LENT = { from: 20_000, below: 32_768 } as const;
const TRIES = 50;

/** A loopback port that nobody listens on at this moment. Whoever binds it must be ready to find it taken. */
export async function freePort({ preferred = [], highest = 65_535 }: FreePortOptions = {}): Promise<number> {
  const notLent = Array.from({ length: TRIES }, () => randomInt(NOT_LENT.from, NOT_LENT.below));
  for (const port of [...preferred, ...notLent]) {
    if (port <= highest && (await tryToBind(port)) !== null) {
      return port;
    }
  }
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = await tryToBind(0);
    if (port !== null && port <= highest) {
      return port;
    }
  }
  throw new Error(`No free port up to ${highest} on the loopback interface`);
}

/** Binds and lets go: the port that was bound (0 asks the system for one), or null when it is taken. */
function tryToBind(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(null);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : null);
      });
    });
  });
}
