import { Controller, Get, Headers, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../platform/config/index.js';
import { Access, RateLimited } from '../platform/http/index.js';
import { checksumAddress } from '../proof/index.js';
import { DocumentPage } from './document-page.js';
import { FormPage } from './form-page.js';
import { readDocumentReference } from './document-reference.js';
import { chooseLanguage, type Language } from './page/language.js';
import { filesPage, isNotIssuedHere, messagePage, type FileResult } from './page/pages.js';
import { TEXTS } from './page/texts.js';
import { PageFilter } from './page.filter.js';
import { sendPage } from './send-page.js';
import { readForm } from './uploads.js';
import { VerifyDocument } from './verify-document.js';

/** The pages for people who hold a document. They need no account, and work without their script. */
@ApiExcludeController()
@Controller()
@UseFilters(PageFilter)
export class PublicPageController {
  constructor(
    private readonly verify: VerifyDocument,
    private readonly settings: Settings,
    private readonly page: FormPage,
    private readonly documentPage: DocumentPage,
  ) {}

  @Get()
  @Access('public')
  start(@Res() reply: FastifyReply): void {
    void reply.redirect('/verify', 303);
  }

  @Get('v/:documentAddress')
  @Access('public')
  @RateLimited('look-up')
  async document(
    @Param('documentAddress') given: string,
    @Query('lang') lang: unknown,
    @Headers('accept-language') accepted: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = chooseLanguage(lang, accepted);
    const path = `/v/${encodeURIComponent(given)}`;
    const reference = readDocumentReference(given, this.settings.chainId);
    if (!reference.ok) {
      const detail = TEXTS[language].problems[reference.problem.code];
      sendPage(reply, 400, messagePage('malformed', { language, path, detail }));
      return;
    }
    const report = await this.verify.execute({ address: reference.address });
    if (isNotIssuedHere(report.facts)) {
      sendPage(reply, 404, messagePage('notFound', { language, path }));
      return;
    }
    this.documentPage.send(reply, report, { language, path });
  }

  @Get('verify')
  @Access('public')
  async form(
    @Query('address') address: unknown,
    @Query('lang') lang: unknown,
    @Headers('accept-language') accepted: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = chooseLanguage(lang, accepted);
    if (typeof address !== 'string' || address.trim() === '') {
      await this.page.send(reply, 200, language);
      return;
    }
    await this.lookUp(address, language, reply);
  }

  @Post('verify')
  @Access('public')
  @RateLimited('look-up')
  async files(
    @Query('lang') lang: unknown,
    @Headers('accept-language') accepted: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = chooseLanguage(lang, accepted);
    const { results, address } = await this.verifyForm(request);
    if (results.length > 0) {
      sendPage(reply, 200, filesPage(results, language));
    } else if (address !== '') {
      await this.lookUp(address, language, reply);
    } else {
      await this.page.send(reply, 400, language, { isFileMissing: true });
    }
  }

  private async lookUp(address: string, language: Language, reply: FastifyReply): Promise<void> {
    const reference = readDocumentReference(address, this.settings.chainId);
    if (reference.ok) {
      void reply.redirect(`/v/${checksumAddress(reference.address)}?lang=${language}`, 303);
    } else {
      await this.page.send(reply, 400, language, { address, addressProblem: reference.problem.code });
    }
  }

  private async verifyForm(request: FastifyRequest): Promise<{ results: FileResult[]; address: string }> {
    const results: FileResult[] = [];
    let address = '';
    for await (const part of readForm(request)) {
      if ('field' in part) {
        address = part.field === 'address' ? part.value.trim() : address;
      } else if ('refusal' in part) {
        results.push(part);
      } else {
        results.push({ fileName: part.fileName, report: await this.verify.execute({ pdf: part.pdf }) });
      }
    }
    return { results, address };
  }
}
