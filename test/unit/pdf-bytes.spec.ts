import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { documentVariants } from '../support/document-variants.js';
import { renderContext } from '../support/receipts.js';

const HOW_TO_ACCEPT = `Files have other bytes than they had. If that is meant, look at the pictures, let the checkers of test/oracles judge them, and
write the new digests with: npx vitest run --project unit test/unit/pdf-bytes.spec.ts --update`;

/** Deflate is Node's own: a version of Node with another zlib may compress to other bytes, and says so here. */
it('writes each kind of document with the bytes that were last looked at', async () => {
  const digests = documentVariants.map(({ name, draw }) => {
    const digest = createHash('sha256').update(draw(renderContext).bytes).digest('hex');
    return `${digest}  ${name}\n`;
  });
  await expect(digests.join(''), HOW_TO_ACCEPT).toMatchFileSnapshot('pdf-bytes.sha256');
}, 30_000);
