import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { DocumentInForce, ReadDocuments } from '../documents/index.js';
import { fromHex } from '../kernel/index.js';
import { openAnchoredCopy, type CopyTools, type OpenedCopy } from '../proof/index.js';
import { LocateDocument, type Located } from './locate-document.js';
import { LookUpByNumber, type TypedFacts } from './look-up-by-number.js';

/** A PDF that somebody handed in, and whose document it says it is. */
export type FoundFile = {
  readonly pdf: Uint8Array;
  readonly located: Located | null;
  /** What was found in it; absent when it is, byte for byte, an issued file. */
  readonly copy?: OpenedCopy;
};

const inflateAll = promisify<Uint8Array, object, Buffer>(inflate);

const TOOLS: CopyTools = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  inflate: (bytes, limit) => inflateAll(bytes, { maxOutputLength: limit }),
};

/** Finds what a stranger asks about. */
@Injectable()
export class FindDocument {
  constructor(
    private readonly locate: LocateDocument,
    private readonly documents: ReadDocuments,
    private readonly lookUp: LookUpByNumber,
  ) {}

  byAddress(address: Uint8Array): Promise<Located | null> {
    return this.locate.byAddress(address);
  }

  /** Null when no document bears the number, and when something typed is not what it says. */
  byPaper(typed: TypedFacts): Promise<Located | null> {
    return this.lookUp.execute(typed);
  }

  byDigest(sha256: Uint8Array): Promise<Located | null> {
    return this.locate.byFileDigest(sha256);
  }

  /** By the digest of the file, by that of the issued bytes it begins with, or by the address that it mentions. */
  async byPdf(pdf: Uint8Array): Promise<FoundFile> {
    const issued = await this.locate.byFileDigest(await TOOLS.sha256(pdf));
    if (issued !== null) {
      return { pdf, located: issued };
    }
    const copy = await openAnchoredCopy(pdf, TOOLS);
    const prefix = 'issuedSha256' in copy ? await this.locate.byFileDigest(fromHex(copy.issuedSha256)) : null;
    return { pdf, copy, located: prefix ?? (await this.locate.byMention(pdf)) };
  }

  /** Whether the file is the copy that we hand out with the document's present status across it: made again and compared. */
  async isMarkedCopy({ issuerId, documentId }: Located, pdf: Uint8Array): Promise<boolean> {
    try {
      return Buffer.from((await this.documents.markedFile(issuerId, documentId)).pdf).equals(pdf);
    } catch (error) {
      if (error instanceof DocumentInForce) {
        return false;
      }
      throw error;
    }
  }
}
