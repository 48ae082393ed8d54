import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const BUFFER_SIZE = 64 * 1024;

/**
 * One keep-alive connection with at most one request on its way. Understands exactly what the API answers: a status line,
 * a content-length, a body.
 */
export class LoadConnection {
  /** Requests are written from here; its content may change once the answer is in. */
  readonly outgoing = Buffer.allocUnsafe(BUFFER_SIZE);
  private readonly incoming = Buffer.allocUnsafe(BUFFER_SIZE);
  private filled = 0;
  private readonly socket: Socket;

  constructor(
    address: { readonly host: string; readonly port: number },
    private readonly onAnswer: (status: number, body: string) => void,
    onFailure: (error: Error) => void,
  ) {
    const slab = Buffer.allocUnsafe(BUFFER_SIZE);
    this.socket = connect({
      ...address,
      noDelay: true,
      onread: { buffer: slab, callback: (size) => this.receive(slab, size) },
    });
    this.socket.on('error', onFailure);
    this.socket.on('end', () => {
      onFailure(new Error('The API closed a connection'));
    });
  }

  send(request: Buffer): void {
    this.socket.write(request);
  }

  close(): void {
    this.socket.removeAllListeners('end');
    this.socket.destroy();
  }

  private receive(slab: Buffer, size: number): boolean {
    slab.copy(this.incoming, this.filled, 0, size);
    this.filled += size;
    const bytes = this.incoming.subarray(0, this.filled);
    const headEnd = bytes.indexOf(HEAD_END);
    if (headEnd !== -1) {
      this.complete(bytes, headEnd);
    }
    return true;
  }

  private complete(bytes: Buffer, headEnd: number): void {
    const head = bytes.toString('latin1', 0, headEnd);
    const length = /content-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      throw new Error(`The load generator understands only answers with a content-length:\n${head}`);
    }
    const bodyStart = headEnd + HEAD_END.length;
    const end = bodyStart + Number(length);
    if (bytes.length < end) {
      return;
    }
    this.filled = 0;
    this.onAnswer(Number(head.slice(9, 12)), bytes.toString('utf8', bodyStart, end));
  }
}
