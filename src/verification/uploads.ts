import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

import { isPdf } from './find-addresses.js';
import { FileTooLarge, NotAPdf, type FileRefused } from './verification.errors.js';

const LARGEST_FILE_MB = 20;
const MOST_FILES = 20;

const LIMITS = {
  fileSize: LARGEST_FILE_MB * 1024 * 1024,
  files: MOST_FILES,
  fields: 10,
  fieldSize: 1_000,
  parts: MOST_FILES + 10,
};

/** Lets an application take files. MUST be called before it listens. */
export async function registerMultipart(app: NestFastifyApplication): Promise<void> {
  await app.register(multipart, { limits: LIMITS, throwFileSizeLimit: false });
}

export type Upload =
  | { readonly fileName: string; readonly pdf: Uint8Array }
  | { readonly fileName: string; readonly refusal: FileRefused };

/** A part of a form: a text field, or a file that was really chosen. */
export type FormPart = { readonly field: string; readonly value: string } | Upload;

/** The parts one by one as they arrive, so that only one file is in memory at a time. */
export async function* readForm(request: FastifyRequest): AsyncGenerator<FormPart> {
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      yield { field: part.fieldname, value: typeof part.value === 'string' ? part.value : '' };
      continue;
    }
    const bytes = await part.toBuffer();
    // A file input where nothing was chosen is sent all the same, without a name.
    const name = (part.filename as string | undefined) ?? '';
    if (name !== '' || bytes.length > 0) {
      yield uploadOf(name, bytes, part.file.truncated);
    }
  }
}

function uploadOf(name: string, pdf: Uint8Array, isTruncated: boolean): Upload {
  const fileName = safeFileName(name);
  if (isTruncated) {
    return { fileName, refusal: new FileTooLarge(LARGEST_FILE_MB) };
  }
  return isPdf(pdf) ? { fileName, pdf } : { fileName, refusal: new NotAPdf() };
}

/** The last part of a path that a stranger gave, without control characters, and short; empty when he gave none. */
export function safeFileName(path: string | undefined): string {
  return Array.from((path ?? '').replaceAll(/^.*[/\\]|\p{Cc}/gu, ''))
    .slice(0, 200)
    .join('');
}
