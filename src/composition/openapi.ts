import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import { FORM_EXTENSION, ProblemDto } from '../platform/http/index.js';
import { describeProblems } from './describe-problems.js';

/** The description of the API; `docs/openapi.json` is its snapshot. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Chopmark')
    .setDescription(
      'Issues electronic invoices, certificates and government receipts, anchors them on an EVM chain and verifies them.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: cmk_…' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemDto] });
  return describeProblems(describeForms(document));
}

/** A route that takes JSON or a form takes different things; the decorators know one schema for both. */
function describeForms(document: OpenAPIObject): OpenAPIObject {
  for (const { post } of Object.values(document.paths)) {
    const { [FORM_EXTENSION]: form, requestBody } = (post ?? {}) as Record<string, object | undefined>;
    if (post !== undefined && form !== undefined && requestBody !== undefined && 'content' in requestBody) {
      Object.assign(requestBody.content as object, { 'multipart/form-data': { schema: form } });
      Reflect.deleteProperty(post, FORM_EXTENSION);
    }
  }
  return document;
}

/** `/openapi.json` and, for people, `/docs`. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Chopmark API',
  });
}
