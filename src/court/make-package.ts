import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { ReadDocuments } from '../documents/index.js';
import { IssuerCertificates } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { pem } from '../platform/signing/index.js';
import { ZipWriter } from '../platform/zip/index.js';
import type { EvidenceAnchor } from '../proof/index.js';
import { CollectBlocks } from './collect-blocks.js';
import { CollectDocument } from './collect-document.js';
import type { Examination, PackedFile } from './court-package.js';
import { builtVerifier, programVersion } from './own-files.js';
import { readmeEn, readmeZh } from './readme-texts.js';
import { drawReport } from './report.pdf.js';

/** A package under way: what was written into it, for its list of digests. */
class Package {
  private readonly zip = new ZipWriter();
  private readonly sums: string[] = [];

  /** `at`: recorded instants only, so that the same record gives the same bytes. */
  add({ name, bytes }: PackedFile, at: Date): Buffer {
    this.sums.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
    return this.zip.add({ name, bytes, at });
  }

  /** The list, as `sha256sum -c` reads it, and the end of the archive. */
  finish(at: Date): Buffer {
    const list = this.zip.add({ name: 'SHA256SUMS', bytes: Buffer.from(this.sums.join('')), at });
    return Buffer.concat([list, this.zip.finish()]);
  }
}

/** Makes the package that goes to a court: what is stored, what the chain tells, what was checked just now, how to check it again. */
@Injectable()
export class MakePackage {
  constructor(
    private readonly read: ReadDocuments,
    private readonly collect: CollectDocument,
    private readonly blocks: CollectBlocks,
    private readonly certificates: IssuerCertificates,
    private readonly clock: Clock,
  ) {}

  /** The archive piece by piece, one document in memory at a time. Throws `DocumentNotFound` before the first piece. */
  async execute(issuerId: string, ids: readonly string[]): Promise<AsyncGenerator<Buffer, void>> {
    const wanted = [...new Set(ids)];
    for (const id of wanted) {
      await this.read.one(issuerId, id);
    }
    return this.pieces(issuerId, wanted);
  }

  private async *pieces(issuerId: string, ids: readonly string[]): AsyncGenerator<Buffer, void> {
    const archive = new Package();
    const documents: Examination['documents'][number][] = [];
    const at = this.clock.now();
    const chains = await this.blocks.heads();
    for (const [index, id] of ids.entries()) {
      const { files, ...document } = await this.collect.execute(issuerId, id, index + 1);
      for (const { name, bytes } of files) {
        yield archive.add({ name: `${document.folder}/${name}`, bytes }, document.issuedAt);
      }
      documents.push(document);
    }
    const newest = newestOf(documents);
    const verifier = builtVerifier();
    const examination = { at, program: programVersion(), chains, documents, isVerifierInside: verifier !== null };
    const others = [
      ...(await this.blocks.execute(documents.flatMap(({ anchors }): readonly EvidenceAnchor[] => anchors))),
      ...(await this.certificateFiles(issuerId)),
      ...(verifier === null ? [] : [{ name: 'verifier/chopmark-verify.mjs', bytes: verifier }]),
      { name: 'README.zh.md', bytes: Buffer.from(readmeZh(verifier !== null)) },
      { name: 'README.en.md', bytes: Buffer.from(readmeEn(verifier !== null)) },
      { name: 'report.pdf', bytes: drawReport(examination) },
    ];
    for (const file of others) {
      yield archive.add(file, newest);
    }
    yield archive.finish(newest);
  }

  /** Each with the certificates above it. */
  private async certificateFiles(issuerId: string): Promise<PackedFile[]> {
    const registered = await this.certificates.of(issuerId);
    return registered.map(({ fingerprint, certificates }) => ({
      name: `certificates/${fingerprint}.pem`,
      bytes: Buffer.from(certificates.map((der) => pem('CERTIFICATE', der)).join('')),
    }));
  }
}

function newestOf(documents: readonly Examination['documents'][number][]): Date {
  return new Date(Math.max(...documents.map(({ issuedAt }) => issuedAt.getTime())));
}
