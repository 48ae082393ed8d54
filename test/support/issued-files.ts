import type { RenderContext } from '../../src/documents/index.js';
import { signPdf, signatureRoom, type SigningKey, type TimestampAuthority } from '../../src/platform/signing/index.js';
import { buildAnchoredCopy, stampOf } from '../../src/proof/anchored-copy/index.js';
import { keccak256 } from '../../src/proof/index.js';
import { CORE, evidenceOf } from '../oracles/document-factory.js';
import type { DocumentVariant } from './document-variants.js';
import { renderContext } from './receipts.js';

/** A document's files as people get them. */
export type IssuedFiles = {
  readonly issued: Uint8Array;
  readonly anchored: Uint8Array;
  /** The copy of one that is no longer in force: never signed, never anchored. */
  readonly marked: Uint8Array;
};

/** The mark of a copy that is no longer in force, as documents print it. */
const OUT_OF_FORCE = { zh: '已作废', en: 'REVOKED' } as const;

/** By the road of issuing: drawn, signed (with a time stamp if there is an authority), hashed, put under a leaf among others, anchored, stamped. */
export async function issuedFiles(
  { draw }: DocumentVariant,
  key: SigningKey,
  timestamp?: TimestampAuthority,
): Promise<IssuedFiles> {
  const context = contextFor(key, timestamp !== undefined);
  const issued = await signPdf(draw(context), key, timestamp === undefined ? {} : { timestamp });
  const stamp = stampOf(evidenceOf({ pdf: issued, others: [1, 2, 3].map((byte) => keccak256(Uint8Array.of(byte))) }));
  if (stamp === null) {
    throw new Error('The evidence has no anchor');
  }
  const marked = draw({ ...context, mark: OUT_OF_FORCE }).bytes;
  return { issued, anchored: buildAnchoredCopy(issued, stamp), marked };
}

function contextFor(key: SigningKey, isStamped: boolean): RenderContext {
  const bytes = new TextEncoder().encode(JSON.stringify(CORE));
  return {
    ...renderContext,
    signatureRoom: signatureRoom(key, { isStamped }),
    attachment: { name: 'core-data.json', bytes },
  };
}
