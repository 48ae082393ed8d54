import { Controller, Headers, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, RateLimited } from '../platform/http/index.js';
import { DocumentPage } from './document-page.js';
import { FormPage } from './form-page.js';
import type { TypedFacts } from './look-up-by-number.js';
import { chooseLanguage } from './page/language.js';
import { FACT_PREFIX, PART_PREFIX, type TypedForm } from './page/number-form.js';
import { PageFilter } from './page.filter.js';
import { ReadQuestions } from './read-questions.js';
import { readForm } from './uploads.js';
import { VerifyDocument } from './verify-document.js';

/** The form for those who hold only the paper. */
@ApiExcludeController()
@Controller('verify/number')
@UseFilters(PageFilter)
export class NumberPageController {
  constructor(
    private readonly verify: VerifyDocument,
    private readonly questions: ReadQuestions,
    private readonly page: FormPage,
    private readonly documentPage: DocumentPage,
  ) {}

  /** What was typed goes into no address, where it would be logged. */
  @Post()
  @Access('public')
  @RateLimited('guess')
  async lookUp(
    @Query('lang') lang: unknown,
    @Headers('accept-language') accepted: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = chooseLanguage(lang, accepted);
    const typed = await readTyped(request);
    const report = await this.verify.execute({ typed: await this.factsIn(typed) });
    const { document } = report;
    if (document === null) {
      await this.page.send(reply, 404, language, { typed });
      return;
    }
    const path = `/v/${document.documentAddress.replace(/^.*:/, '')}`;
    if (document.isUnmasked) {
      // No address may lead there: it would lead others there, too.
      this.documentPage.send(reply, report, { language, path });
      return;
    }
    void reply.redirect(`${path}?lang=${language}`, 303);
  }

  private async factsIn({ form, values }: TypedForm): Promise<TypedFacts> {
    const asked = (await this.questions.execute()).find(({ id }) => id === form);
    const parts = (asked?.number ?? []).map(({ name }) => values[PART_PREFIX + name] ?? '');
    const facts = (asked?.asks ?? []).map(({ name }) => [name, values[FACT_PREFIX + name] ?? ''] as const);
    return { number: parts.join(''), facts: Object.fromEntries(facts) };
  }
}

async function readTyped(request: FastifyRequest): Promise<TypedForm> {
  const values: Record<string, string> = {};
  for await (const part of readForm(request)) {
    if ('field' in part) {
      values[part.field] = part.value.trim();
    }
  }
  return { form: values['form'] ?? '', values };
}
