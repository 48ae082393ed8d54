import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { faultOf } from '../kernel/index.js';
import { problemFor } from '../platform/http/index.js';
import { Logger } from '../platform/observability/index.js';
import { chooseLanguage } from './page/language.js';
import { messagePage, type MessageName } from './page/pages.js';
import { sendPage } from './send-page.js';

/** People get a page when something fails, not a problem document. */
@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest<{ Querystring: { lang?: unknown } }>>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status } = problemFor(error, request.id);
    if (status >= 500) {
      this.logger.error('page.failed', { status, ...faultOf(error) });
    }
    const language = chooseLanguage(request.query.lang, request.headers['accept-language']);
    sendPage(reply, status, messagePage(messageFor(status), { language, path: '/verify' }));
  }
}

function messageFor(status: number): MessageName {
  if (status >= 500) {
    return 'failed';
  }
  return status === 413 ? 'tooLarge' : status === 429 ? 'tooOften' : 'badRequest';
}
