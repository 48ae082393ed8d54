import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../scripts/embedded/free-port.js';

/** A wire to a server, which a test can cut: to whoever uses it the server is gone, while it goes on undisturbed. */
export class CuttableLink {
  private readonly sockets = new Set<Socket>();
  private readonly nearSockets = new Set<Socket>();
  private server: Server | undefined;
  private lastWords: ((request: Buffer) => boolean) | undefined;
  private isHeld = false;

  private constructor(
    private readonly target: URL,
    private readonly port: number,
  ) {}

  static async to(targetUrl: string): Promise<CuttableLink> {
    // Nobody else is lent this port while the wire is cut.
    const link = new CuttableLink(new URL(targetUrl), await freePort());
    await link.mend();
    return link;
  }

  /** The target's URL with this wire in between. */
  get url(): string {
    const url = new URL(this.target);
    [url.hostname, url.port] = ['127.0.0.1', String(this.port)];
    return url.href.replace(/\/$/, '');
  }

  /** Of those who use the wire now. */
  get connections(): number {
    return this.nearSockets.size;
  }

  /** Ends every connection and refuses new ones. */
  async cut(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    const closed =
      server === undefined
        ? null
        : new Promise((resolve) => {
            server.close(resolve);
          });
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await closed;
  }

  async mend(): Promise<void> {
    const server = createServer((near) => {
      this.join(near);
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
  }

  /** From now on the server hears nothing, and nobody is told; what is said meanwhile arrives after `release`. */
  hold(): void {
    this.isHeld = true;
    this.nearSockets.forEach((near) => near.pause());
  }

  release(): void {
    this.isHeld = false;
    this.nearSockets.forEach((near) => near.resume());
  }

  /** The next request that `matches` reaches the server; its answer, and the connection, are lost. */
  loseAnswerTo(matches: (request: Buffer) => boolean): void {
    this.lastWords = matches;
  }

  private join(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    let isDeaf = false;
    near.on('data', (chunk) => {
      if (this.lastWords?.(chunk) === true) {
        this.lastWords = undefined;
        isDeaf = true;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (isDeaf) {
        near.destroy();
      } else {
        near.write(chunk);
      }
    });
    this.nearSockets.add(near);
    near.on('close', () => this.nearSockets.delete(near));
    if (this.isHeld) {
      near.pause();
    }
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('end', () => other.end());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
