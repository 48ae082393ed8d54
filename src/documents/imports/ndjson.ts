import type { FastifyInstance } from 'fastify';
import { BODY_LIMITS } from '../../platform/http/index.js';
import type { ImportRow } from './import.js';

export const NDJSON = 'application/x-ndjson';
const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Lets a server take NDJSON bodies of up to 32 MB; they arrive in the controller as the bytes that were sent. */
export function acceptNdjson(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(NDJSON, { parseAs: 'buffer', bodyLimit: BODY_LIMITS.ndjson }, (_request, body, done) => {
    done(null, body);
  });
}

/** The rows of an NDJSON text. Blank lines are passed over, and counted: line numbers are those of an editor. */
export function* rowsOf(body: Buffer): Generator<ImportRow> {
  let start = body.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  for (let line = 1; start < body.length; line += 1) {
    const feed = body.indexOf(LINE_FEED, start);
    const end = feed === -1 ? body.length : feed;
    const bytes = body.subarray(start, end);
    if (!isBlankLine(bytes)) {
      yield { line, bytes };
    }
    start = end + 1;
  }
}

function isBlankLine(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
