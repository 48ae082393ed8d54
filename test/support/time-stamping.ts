import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CONFIGURATION = `
[tsa]
default_tsa = here
[here]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
ess_cert_id_chain = no
[request]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
`;

/** What is sent for an answer of `openssl ts`; null for nothing at all. */
export type Reply = { readonly status: number; readonly body: Buffer } | null;

/** A time-stamping authority (RFC 3161) on this machine: `openssl ts` behind HTTP, with a root of its own. */
export class TimeStampingServer {
  /** Requests since the beginning. */
  asked = 0;
  private behaviour: (answer: Buffer) => Reply = honest;

  private constructor(
    readonly folder: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<TimeStampingServer> {
    const folder = mkdtempSync(join(tmpdir(), 'chopmark-tsa-'));
    makeCertificates(folder);
    const server = createServer();
    const authority = new TimeStampingServer(folder, server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        authority.asked += 1;
        const reply = authority.behaviour(answerTo(folder, Buffer.concat(chunks)));
        if (reply !== null) {
          response.writeHead(reply.status, { 'content-type': 'application/timestamp-reply' }).end(reply.body);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return authority;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** The file of the certificate that whoever believes the stamps trusts. */
  get root(): string {
    return join(this.folder, 'root.pem');
  }

  /** Answers the next requests so. */
  behave(behaviour: (answer: Buffer) => Reply = honest): void {
    this.behaviour = behaviour;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function honest(body: Buffer): Reply {
  return { status: 200, body };
}

function makeCertificates(folder: string): void {
  writeFileSync(join(folder, 'tsa.cnf'), CONFIGURATION);
  writeFileSync(join(folder, 'serial'), '01\n');
  const request = ['req', '-config', 'tsa.cnf', '-nodes', '-newkey', 'rsa:2048'];
  const root = ['-x509', '-days', '30', '-extensions', 'authority', '-subj', '/CN=Time Root'];
  openssl(folder, [...request, ...root, '-keyout', 'root.key', '-out', 'root.pem']);
  openssl(folder, [...request, '-subj', '/CN=Time', '-keyout', 'tsa.key', '-out', 'tsa.csr']);
  const issued = ['-CA', 'root.pem', '-CAkey', 'root.key', '-set_serial', '2', '-days', '30'];
  const purpose = ['-extfile', 'tsa.cnf', '-extensions', 'stamps'];
  openssl(folder, ['x509', '-req', '-in', 'tsa.csr', ...issued, ...purpose, '-out', 'tsa.pem']);
}

function answerTo(folder: string, query: Buffer): Buffer {
  writeFileSync(join(folder, 'query.tsq'), query);
  const signer = ['-signer', 'tsa.pem', '-inkey', 'tsa.key', '-chain', 'root.pem'];
  openssl(folder, ['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq', ...signer, '-out', 'answer.tsr']);
  return readFileSync(join(folder, 'answer.tsr'));
}

function openssl(folder: string, args: readonly string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
}
