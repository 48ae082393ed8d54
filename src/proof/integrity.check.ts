import { fromHex } from '../kernel/index.js';
import { addressBytes, create2Address, formatCaip10, parseCaip2 } from './document-address.js';
import type { DocumentUnderTest } from './document-under-test.js';
import { fails, holds, unknown } from './verdict.js';
import type { Fact } from './verdict.js';

/** Is every field what was issued, and do docId and document address follow from them? */
export function checkIntegrity(document: DocumentUnderTest, documentInitCodeHash: Uint8Array): Fact {
  const { bundle, hiddenCount } = document;
  if (document.digest !== bundle.document.signature.targetHash) {
    return fails('integrity', 'changed');
  }
  if (document.hiddenEnvelopePaths.length > 0) {
    return unknown('integrity', 'envelope-field-hidden', { paths: document.hiddenEnvelopePaths.join(' ') });
  }
  if (`0x${document.coreDigest}` !== document.field('docId')) {
    return fails('integrity', 'doc-id-mismatch');
  }
  if (!hasRightAddress(document, documentInitCodeHash)) {
    return fails('integrity', 'address-mismatch');
  }
  if (!isRepeatedRightly(document)) {
    return fails('integrity', 'bundle-mismatch');
  }
  return holds('integrity', 'holds', hiddenCount === 0 ? undefined : { hiddenFields: String(hiddenCount) });
}

function hasRightAddress(document: DocumentUnderTest, documentInitCodeHash: Uint8Array): boolean {
  const address = create2Address(addressBytes(document.store), fromHex(document.field('docId')), documentInitCodeHash);
  return formatCaip10({ chainId: parseCaip2(document.chainId), address }) === document.field('documentAddress');
}

/** Says the bundle around the document the same as the document? Readers may take either. */
function isRepeatedRightly(document: DocumentUnderTest): boolean {
  const { bundle } = document;
  const leaf = `0x${bundle.document.signature.targetHash}`;
  const [issued] = bundle.events;
  return (
    bundle.docId === document.field('docId') &&
    bundle.documentAddress === document.field('documentAddress') &&
    bundle.pdf.sha256 === document.field('pdf.sha256') &&
    bundle.leaf === leaf &&
    (issued === undefined || (issued.seq === 0 && issued.type === 'issued' && issued.leaf === leaf)) &&
    isTimeOf(document, issued?.at)
  );
}

/** Documents say when they were issued to the second; one that does not, or hides it, leaves the time of event 0 open. */
function isTimeOf({ field }: DocumentUnderTest, at: string | undefined): boolean {
  const said = Date.parse(field('issuedAt'));
  return at === undefined || Number.isNaN(said) || Math.floor(said / 1_000) === Math.floor(Date.parse(at) / 1_000);
}
