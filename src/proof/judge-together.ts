import { addressNamedIn, type IssuedPart } from './pdf-signature.js';
import type { SignatureTrust } from './signature.check.js';
import { holds, type Fact } from './verdict.js';

/** What a signature and a document say of each other. */
type Together = Pick<SignatureTrust, 'authorities' | 'registered'> & {
  /** What was signed. */
  readonly issued: IssuedPart;
  /** As the document names it. */
  readonly documentAddress: string | null;
  readonly issuer: { readonly name: string } | null;
};

/**
 * What one fact says about another's question:
 *
 * - A signature under a trusted certificate that names the issuer tells who the issuer is, where nobody else does. The signed
 *   file MUST name the document's address, which follows from the issuer's store: else whoever holds a signed file could
 *   anchor it again in a store of his own, where it is never revoked.
 * - Where nobody was named whose certificates to trust, an intact signature in a file that a known issuer has anchored leaves
 *   nothing open: the anchor covers the signature.
 */
export function judgeTogether(facts: readonly Fact[], together: Together): Fact[] {
  const issuer = withCertificate(facts, together);
  return issuer.map((fact) => (isOnlyUntrusted(fact, together) && isVouchedFor(issuer) ? intact(fact) : fact));
}

function withCertificate(facts: readonly Fact[], { issued, documentAddress, issuer }: Together): Fact[] {
  const signature = facts.find(({ code }) => code === 'signature.holds');
  const isNamed = signature !== undefined && issuer !== null && issuer.name === signature.detail?.['signer'];
  const isOpen = facts.some((fact) => fact.question === 'issuer' && fact.outcome === 'unknown');
  if (!isNamed || !isOpen || documentAddress === null || addressNamedIn(issued) !== documentAddress) {
    return [...facts];
  }
  const name = { name: issuer.name };
  return facts.map((fact) =>
    fact.question === 'issuer' ? holds('issuer', 'certificate-holds', { ...fact.detail, ...name }) : fact,
  );
}

function isOnlyUntrusted({ code }: Fact, { authorities, registered }: Together): boolean {
  return code === 'signature.certificate-not-asked' && authorities === undefined && registered === undefined;
}

function isVouchedFor(facts: readonly Fact[]): boolean {
  const isKnown = facts.some(({ question, outcome }) => question === 'issuer' && outcome === 'holds');
  return isKnown && facts.some(({ code }) => code === 'integrity.pdf-holds');
}

function intact({ detail }: Fact): Fact {
  return holds('signature', 'intact', detail);
}
