import { Injectable } from '@nestjs/common';
import { DocumentNotFound, ReadDocuments } from '../documents/index.js';
import type { IssuerProfile } from '../identity/index.js';
import { fromHex } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { formatCaip10 } from '../proof/index.js';
import type { Invoice } from './invoice.js';
import { InvoiceNotFound, RedOfRed } from './invoices.errors.js';
import { blueLinesOf } from './red-letter-lines.js';
import type { BlueRemainder } from './red-letter.js';

/** A blue invoice opened: what it says never changes, so this needs no lock. */
export type BlueInvoice = {
  readonly issuerId: string;
  readonly documentId: string;
  readonly profile: IssuerProfile;
  readonly invoice: Invoice;
  /** CAIP-10. */
  readonly documentAddress: string;
  /** Its lines before anything was taken back. */
  readonly whole: readonly BlueRemainder[];
};

const ADDRESS = /^(?:eip155:(\d{1,16}):)?(0x[0-9a-fA-F]{40})$/;

@Injectable()
export class BlueInvoices {
  constructor(
    private readonly documents: ReadDocuments,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
  ) {}

  /** Throws `DocumentNotFound`, and `RedOfRed` when it is none that can be taken back. */
  async open(issuerId: string, documentId: string): Promise<BlueInvoice> {
    const { core, sealed, profile } = await this.documents.content(issuerId, documentId);
    if (core['kind'] !== 'invoice.vat') {
      throw new DocumentNotFound();
    }
    const invoice = core as unknown as Invoice;
    if (invoice.red !== undefined) {
      throw new RedOfRed();
    }
    const documentAddress = formatCaip10({ chainId: this.settings.chainId, address: sealed.address });
    return { issuerId, documentId, profile, invoice, documentAddress, whole: blueLinesOf(invoice.lines) };
  }

  /** By the address that is printed on it, whoever asks. Throws `InvoiceNotFound`. */
  async openAt(text: string): Promise<BlueInvoice> {
    const [, chain, address = ''] = ADDRESS.exec(text) ?? [];
    if (address === '' || (chain !== undefined && chain !== String(this.settings.chainId))) {
      throw new InvoiceNotFound();
    }
    const [found] = await this.unitOfWork.run((tx) =>
      tx.query<{ issuer_id: string; document_id: string }>('select * from locate_document($1) limit 1', [
        fromHex(address.toLowerCase()),
      ]),
    );
    if (found === undefined) {
      throw new InvoiceNotFound();
    }
    try {
      return await this.open(found.issuer_id, found.document_id);
    } catch (error) {
      throw error instanceof DocumentNotFound ? new InvoiceNotFound() : error;
    }
  }
}
