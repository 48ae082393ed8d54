import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Clock, toChinaDate } from '../kernel/index.js';
import { Access, attachmentNamed } from '../platform/http/index.js';
import { chooseLanguage } from './page/language.js';
import { savedPage } from './page/saved-page.js';
import { TEXTS } from './page/texts.js';
import { NoSuchAsset } from './verification.errors.js';
import { WebAssets } from './web-assets.js';

/** The scripts of the public pages, on their own and as a page to keep. */
@ApiExcludeController()
@Controller()
export class AssetsController {
  constructor(
    private readonly assets: WebAssets,
    private readonly clock: Clock,
  ) {}

  @Get('assets/:name')
  @Access('public')
  script(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const file = this.assets.file(name);
    if (file === undefined) {
      throw new NoSuchAsset();
    }
    void reply
      .headers({
        'content-type': 'text/javascript; charset=utf-8',
        // Its name changes with its content.
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      })
      .send(file);
  }

  @Get('verify/saved')
  @Access('public')
  saved(
    @Query('lang') lang: unknown,
    @Headers('accept-language') accepted: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const language = chooseLanguage(lang, accepted);
    const script = this.assets.alone();
    if (script === null) {
      throw new NoSuchAsset();
    }
    const page = savedPage(script, this.assets.settings, { language, madeOn: toChinaDate(this.clock.now()) });
    void reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-disposition': attachmentNamed(TEXTS[language].saved.fileName),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      .send(page);
  }
}
