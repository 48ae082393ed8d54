import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { askingOnce, type ChainReaders } from '../../proof/index.js';
import { KnownChains } from '../known-chains.js';
import type { VerificationReport } from '../verification-report.js';
import { FileRefused } from '../verification.errors.js';
import { VerifyDocument } from '../verify-document.js';
import type { Duplicate, PileAnswer, PileFile } from './pile.js';
import { subjectIn } from './subject-in.js';

/** What is known of the files that came before. */
type Seen = {
  readonly answers: Map<string, { readonly n: number; readonly report: VerificationReport }>;
  readonly documents: Map<string, number>;
  readonly chains: ChainReaders;
};

/** Verifies the files of a pile one after the other: one is in memory at a time, and none is begun that nobody waits for. */
@Injectable()
export class VerifyPile {
  constructor(
    private readonly verify: VerifyDocument,
    private readonly known: KnownChains,
  ) {}

  /** One answer for each file, in their order. The chain is asked each question once for the whole pile. */
  async *execute(files: readonly PileFile[]): AsyncGenerator<PileAnswer, void> {
    const seen: Seen = { answers: new Map(), documents: new Map(), chains: askingOnce(this.known.readers) };
    for (const [index, file] of files.entries()) {
      yield await this.answer(file, index + 1, seen);
    }
  }

  private async answer(file: PileFile, n: number, seen: Seen): Promise<PileAnswer> {
    const { fileName, archive } = file;
    const named = { n, fileName, ...(archive === undefined ? {} : { archive }) };
    if ('refusal' in file) {
      return { ...named, refusal: file.refusal };
    }
    try {
      return { ...named, ...(await this.examine(await file.read(), n, seen)) };
    } catch (error) {
      if (error instanceof FileRefused) {
        return { ...named, refusal: error };
      }
      throw error;
    }
  }

  private async examine(
    bytes: Buffer,
    n: number,
    seen: Seen,
  ): Promise<{ report: VerificationReport; duplicate?: Duplicate }> {
    const digest = createHash('sha256').update(bytes).digest('base64');
    const same = seen.answers.get(digest);
    if (same !== undefined) {
      return { report: same.report, duplicate: { of: same.n, by: 'bytes' } };
    }
    const report = await this.verify.execute(subjectIn(bytes), seen.chains);
    seen.answers.set(digest, { n, report });
    const address = report.document?.documentAddress;
    const before = address === undefined ? undefined : seen.documents.get(address);
    if (address !== undefined && before === undefined) {
      seen.documents.set(address, n);
    }
    return { report, ...(before === undefined ? {} : { duplicate: { of: before, by: 'document' } }) };
  }
}
