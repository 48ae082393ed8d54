import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, IdSource } from '../../kernel/index.js';
import { readCertificate } from '../../proof/index.js';
import type { KeyDirectory } from './key-directory.js';
import { pem } from './key-file.js';
import { makeAuthority, makeLeaf, type SubjectName } from './make-certificate.js';
import { bareKey, softwareKey } from './software-key.js';

const NAME = 'development-authority';
const SUBJECT = { commonName: 'Chopmark Development Root', organisation: 'Chopmark 开发演示根证书' };
const DAY_MS = 86_400_000;
const ROOT_DAYS = 3_650;
const LEAF_DAYS = 825;
/** Clocks of readers may be behind ours. */
const BACKDATED_MS = 300_000;

/**
 * An authority of this installation's own, for trying out and for test environments: nobody outside trusts it. Its key is
 * encrypted in the key directory; its certificate lies beside it, to be given to viewers of PDFs.
 */
export class DevelopmentAuthority {
  constructor(
    private readonly directory: KeyDirectory,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** A certificate for `publicKey`; the authority is made when there is none. The root is not sent along: readers have it. */
  async certify(subject: SubjectName, publicKey: KeyObject): Promise<Uint8Array[]> {
    const root = (await this.open()) ?? (await this.make());
    const { notAfter } = readCertificate(root.certificate);
    const validity = this.validity(LEAF_DAYS);
    const request = {
      subject,
      publicKey,
      serial: this.ids.bytes(16),
      notBefore: validity.notBefore,
      notAfter: validity.notAfter < notAfter ? validity.notAfter : notAfter,
    };
    return [await makeLeaf(softwareKey(root.privateKey, [root.certificate]), root.certificate, request)];
  }

  private async open(): Promise<{ privateKey: KeyObject; certificate: Uint8Array } | null> {
    const file = await this.directory.read(NAME);
    const [certificate] = file?.certificates ?? [];
    const isOver = certificate === undefined || readCertificate(certificate).notAfter <= this.clock.now();
    return file?.privateKey === undefined || isOver ? null : { privateKey: file.privateKey, certificate };
  }

  private async make(): Promise<{ privateKey: KeyObject; certificate: Uint8Array }> {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const publicKey = createPublicKey(privateKey);
    const request = { subject: SUBJECT, publicKey, serial: this.ids.bytes(16), ...this.validity(ROOT_DAYS) };
    const certificate = await makeAuthority(bareKey(privateKey), request);
    this.directory.write(NAME, { privateKey, certificates: [certificate] });
    writeFileSync(join(this.directory.path, `${NAME}.crt`), pem('CERTIFICATE', certificate));
    return { privateKey, certificate };
  }

  private validity(days: number): { notBefore: Date; notAfter: Date } {
    const now = this.clock.now().getTime();
    return { notBefore: new Date(now - BACKDATED_MS), notAfter: new Date(now + days * DAY_MS) };
  }
}
