import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestInstance, type Running } from '../../support/running-instance.js';

let instance: TestInstance;

beforeAll(async () => {
  instance = await TestInstance.make();
});
afterAll(() => instance.close());

/** A connection to the process that has sent `text`, and what it hears until the other side ends it. */
async function connection({ url }: Running, text: string): Promise<{ socket: Socket; heard: Promise<string> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece));
  const heard = once(socket, 'close').then(() => Buffer.concat(pieces).toString());
  if (text !== '') {
    socket.write(text);
  }
  return { socket, heard };
}

const ask = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

describe.each(['startApi', 'startWorker'] as const)('a process that stops (%s)', (start) => {
  it('does not wait for connections on which nothing was ever asked, as browsers open them ahead', async () => {
    const running = await instance[start]();
    const { heard } = await connection(running, '');
    await connection(running, 'GET /health');
    await running.stop();
    expect(await heard).toBe('');
  });

  it('does not wait for connections that are kept open after an answer', async () => {
    const running = await instance[start]();
    const { socket, heard } = await connection(running, ask('/health/live'));
    await once(socket, 'data');
    await running.stop();
    expect(await heard).toContain('200 OK');
  });
});

describe('an API process that stops', () => {
  it('answers what was asked before, and ends the connection with the answer', async () => {
    const api = await instance.startApi();
    const body = '{"kind":';
    const { socket, heard } = await connection(
      api,
      `POST /v1/verifications HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length + 1}\r\n\r\n${body}`,
    );
    await fetch(`${api.url}/health/live`);
    const stopped = api.stop();
    setTimeout(() => socket.write('}'), 300);
    expect(await heard).toMatch(/^HTTP\/1\.1 4\d\d .*\r\nconnection: close\r\n/is);
    await stopped;
  });
});
