import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import type { StoredDocument } from './document.js';
import { DocumentFilesRepository } from './document-files.repository.js';
import { DocumentNotFound, RenderingFailed } from './documents.errors.js';
import { DocumentsRepository, type DocumentFilter } from './documents.repository.js';
import { DrawDocument, type OpenedDocument } from './draw-document.js';

export type IssuedFile = { readonly pdf: Buffer; readonly sha256: Buffer; readonly document: StoredDocument };

/** What an issuer may read of its own documents. Another issuer's document is not found. */
@Injectable()
export class ReadDocuments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentsRepository,
    private readonly files: DocumentFilesRepository,
    private readonly draw: DrawDocument,
  ) {}

  /** Throws `DocumentNotFound`. */
  one(issuerId: string, id: string): Promise<StoredDocument> {
    return this.unitOfWork.run(
      async (tx) => {
        const document = await this.documents.findDocument(tx, issuerId, id);
        if (document === null) {
          throw new DocumentNotFound();
        }
        return document;
      },
      { issuerId },
    );
  }

  list(issuerId: string, filter: DocumentFilter): Promise<StoredDocument[]> {
    return this.unitOfWork.run((tx) => this.documents.listDocuments(tx, issuerId, filter), { issuerId });
  }

  /** The content, decrypted. Throws `DocumentNotFound`. */
  async content(issuerId: string, id: string): Promise<OpenedDocument> {
    return this.draw.open(await this.one(issuerId, id));
  }

  /** A copy with its status across it. Throws `DocumentNotFound`, `DocumentInForce`. */
  async markedFile(issuerId: string, id: string): Promise<{ document: StoredDocument; pdf: Uint8Array }> {
    const document = await this.one(issuerId, id);
    return { document, pdf: await this.draw.marked(document) };
  }

  /** SHA-256 of the issued PDF; null while it is still to be drawn, and of a document that the issuer does not have. */
  issuedDigest(issuerId: string, id: string): Promise<Buffer | null> {
    return this.unitOfWork.run((tx) => this.files.findIssuedDigest(tx, issuerId, id), { issuerId });
  }

  /** The issued PDF, or null while it is still to be drawn. Throws `DocumentNotFound`, `RenderingFailed`. */
  async issuedFile(issuerId: string, id: string): Promise<IssuedFile | null> {
    const document = await this.one(issuerId, id);
    const [file, hasGivenUp] = await this.unitOfWork.run(
      async (tx) =>
        [await this.files.findIssued(tx, issuerId, id), await this.files.hasGivenUp(tx, issuerId, id)] as const,
      { issuerId },
    );
    if (file === null) {
      if (hasGivenUp) {
        throw new RenderingFailed();
      }
      return null;
    }
    const { secret } = await this.draw.open(document);
    return { document, sha256: file.sha256, pdf: secret.unseal('issued-file', file.cipher) };
  }
}
