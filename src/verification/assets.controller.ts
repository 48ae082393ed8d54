import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../platform/http/index.js';
import { NoSuchAsset } from './verification.errors.js';
import { WebAssets } from './web-assets.js';

/** The scripts of the public pages. */
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  constructor(private readonly assets: WebAssets) {}

  @Get(':name')
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
}
