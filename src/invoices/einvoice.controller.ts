import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Redirect } from '@nestjs/common';
import { ApiBody, ApiExcludeController, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DocumentNotFound, ReadDocuments } from '../documents/index.js';
import { Access, CurrentPrincipal, InvalidRequest, PathId, validated, type Principal } from '../platform/http/index.js';
import { addressInQrUrl } from './blockchain-qr-url.js';
import { requestOfEInvoice } from './einvoice-request.js';
import { EInvoiceReadingDto, ReadEInvoiceDto } from './einvoice.dto.js';
import { readEInvoiceXml } from './einvoice-xml.read.js';
import { writeEInvoiceXml } from './einvoice-xml.write.js';
import type { Invoice } from './invoice.js';

@ApiTags('invoices')
@Controller('v1/invoices')
export class EInvoiceController {
  constructor(private readonly documents: ReadDocuments) {}

  @Get(':id/xml')
  @Access('documents.read')
  @Header('content-type', 'application/xml; charset=utf-8')
  @ApiOperation({ summary: 'The EInvoice XML of a 数电票, as it is attached to its PDF' })
  @ApiProduces('application/xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  async xml(@CurrentPrincipal() { ownerId }: Principal, @Param('id', PathId) id: string): Promise<string> {
    const { core } = await this.documents.content(ownerId, id);
    if (core['kind'] !== 'invoice.vat' || core['scheme'] !== 'shudian') {
      throw new DocumentNotFound();
    }
    return new TextDecoder().decode(writeEInvoiceXml(core as unknown as Invoice));
  }

  @Post('readings')
  @HttpCode(200)
  @Access('documents.read')
  @ApiOperation({
    summary: 'Read an EInvoice XML of anybody',
    description:
      'Says what the file says, what is odd about it, and how to issue the same by `POST /v1/invoices`. Stores nothing and verifies nothing.',
  })
  @ApiBody({ type: ReadEInvoiceDto })
  @ApiOkResponse({ type: EInvoiceReadingDto })
  read(@Body(validated(ReadEInvoiceDto)) { xml }: ReadEInvoiceDto): EInvoiceReadingDto {
    const outcome = readEInvoiceXml(new TextEncoder().encode(xml));
    if (!outcome.ok) {
      throw new InvalidRequest(outcome.errors);
    }
    const { invoice } = outcome;
    return { invoice, ...(invoice.colour === 'blue' && { request: requestOfEInvoice(invoice) }) };
  }
}

/** Where the QR code of a blockchain invoice leads. */
@ApiExcludeController()
@Controller('verify')
export class ScanController {
  @Get('scan')
  @Access('public')
  @Redirect()
  scan(@Query('hash') hash: unknown): { url: string; statusCode: number } {
    const isOurs = typeof hash === 'string' && /^01[0-9a-f]{64}$/i.test(hash);
    return { url: isOurs ? `/v/${addressInQrUrl(hash.toLowerCase())}` : '/verify', statusCode: 303 };
  }
}
