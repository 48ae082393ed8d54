import { DomainSilent, type ClaimedIssuer, type IssuerDirectory, type KnownIssuer } from './chain-reader.js';
import type { DocumentUnderTest } from './document-under-test.js';
import { fails, holds, unknown } from './verdict.js';
import type { Fact } from './verdict.js';

/**
 * Is the issuer who the document says? The store is theirs because somebody the verifier trusts says so: its own
 * records, a list, the TXT record of the issuer's domain. Anybody may deploy a store and write any name into a document.
 */
export async function checkIssuer(document: DocumentUnderTest, directory: IssuerDirectory | undefined): Promise<Fact> {
  const { store, chainId } = document;
  const detail = { store, chainId };
  if (document.bundle.anchors.some((anchor) => anchor.store.toLowerCase() !== store.toLowerCase())) {
    return fails('issuer', 'store-mismatch', detail);
  }
  if (directory === undefined) {
    return unknown('issuer', 'not-checked', detail);
  }
  const claimed = {
    name: document.field('issuers.0.name'),
    domain: document.field('issuers.0.identityProof.location'),
  };
  try {
    return compare(claimed, await directory.issuerOf(store, chainId, claimed), detail);
  } catch (error) {
    // The directory did not answer; that says nothing about the issuer.
    return error instanceof DomainSilent
      ? unknown('issuer', 'domain-silent', { ...detail, domain: claimed.domain })
      : unknown('issuer', 'unreachable', detail);
  }
}

function compare(
  claimed: ClaimedIssuer,
  known: KnownIssuer | undefined,
  detail: Readonly<Record<string, string>>,
): Fact {
  if (known === undefined) {
    return fails('issuer', 'unknown', detail);
  }
  if (known.name !== undefined && known.name !== claimed.name) {
    return fails('issuer', 'name-mismatch', detail);
  }
  if (known.domain !== undefined && known.domain !== claimed.domain) {
    return fails('issuer', 'domain-mismatch', detail);
  }
  return known.name === undefined
    ? holds('issuer', 'domain-holds', { ...detail, domain: claimed.domain })
    : holds('issuer', 'holds', { ...detail, name: known.name });
}
