import { Injectable } from '@nestjs/common';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { findDocumentAddresses } from './find-addresses.js';

/** Whose a document is: enough to open the issuer's rows, and nothing about the document. */
export type Located = { readonly issuerId: string; readonly documentId: string };

type LocatedRow = { issuer_id: string; document_id: string };

/** Answers strangers' questions, who cannot say whose document they hold. */
@Injectable()
export class LocateDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
  ) {}

  byAddress(address: Uint8Array): Promise<Located | null> {
    return this.ask('select * from locate_document($1) limit 1', address);
  }

  byFileDigest(sha256: Uint8Array): Promise<Located | null> {
    return this.ask('select * from locate_document_file($1) limit 1', sha256);
  }

  /** Every document that bears the number: issuers of different places may number alike. */
  byNumber(number: string): Promise<readonly Located[]> {
    return this.askAll('select * from locate_document_number($1)', number);
  }

  /** The document that a PDF says it is. */
  async byMention(pdf: Uint8Array): Promise<Located | null> {
    for (const { chainId, address } of await findDocumentAddresses(pdf)) {
      const located = chainId === null || chainId === this.settings.chainId ? await this.byAddress(address) : null;
      if (located !== null) {
        return located;
      }
    }
    return null;
  }

  private async ask(sql: string, key: Uint8Array): Promise<Located | null> {
    return (await this.askAll(sql, key))[0] ?? null;
  }

  private async askAll(sql: string, key: Uint8Array | string): Promise<readonly Located[]> {
    const rows = await this.unitOfWork.run((tx) => tx.query<LocatedRow>(sql, [key]));
    return rows.map((row) => ({ issuerId: row.issuer_id, documentId: row.document_id }));
  }
}
