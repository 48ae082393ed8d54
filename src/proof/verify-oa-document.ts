import { checkAnchor } from './anchor.check.js';
import { askingOnce } from './chain-reader.js';
import { readDocument, type DocumentUnderTest } from './document-under-test.js';
import { EVIDENCE_VERSION, type EvidenceBundle } from './evidence-bundle.js';
import { checkProof } from './inclusion.check.js';
import { checkIntegrity } from './integrity.check.js';
import { checkIssuer } from './issuer.check.js';
import type { OpenAttestationDocument } from './oa-document.js';
import { checkPdf } from './pdf.check.js';
import { unsaltData } from './salted-digest.js';
import { checkStatus } from './status.check.js';
import { fails, holds, verdictOf, type Fact } from './verdict.js';
import type { Verification, VerifyOptions } from './verify-evidence.js';

/**
 * Checks an OpenAttestation document by itself, as a holder hands it on, whole or with fields hidden. It says nothing of the
 * batch's size and of later events; so only the chain tells that it is out of force. Never throws for anything in it.
 */
export async function verifyOaDocument(
  document: OpenAttestationDocument,
  options: VerifyOptions,
): Promise<Verification> {
  const facts = await examine(document, options);
  return { facts, verdict: verdictOf(facts), events: [] };
}

async function examine(given: OpenAttestationDocument, options: VerifyOptions): Promise<Fact[]> {
  const document = readable(given);
  if (document === undefined) {
    return [fails('integrity', 'malformed')];
  }
  const integrity = checkIntegrity(document, options.documentInitCodeHash);
  if (document.hiddenEnvelopePaths.length > 0) {
    return [integrity];
  }
  const chains = askingOnce(options.chains);
  const [pdf, anchor, status, issuer] = await Promise.all([
    checkPdf(document, options, options.sha256),
    checkAnchor({ ...document, anchors: [placeToAsk(document)] }, chains),
    checkStatus(document, chains),
    checkIssuer(document, options.issuers),
  ]);
  return [integrity, ...pdf, checkProof(document) ?? holds('inclusion', 'holds'), anchor, status, issuer];
}

/** While a document waits for its batch, it is in one of its own, which no chain holds. */
function placeToAsk({ chainId, proof }: DocumentUnderTest): Parameters<typeof checkAnchor>[0]['anchors'][number] {
  const state = proof.length === 1 ? 'submitted' : 'anchored';
  return { chainId, state, transactionHash: null, blockNumber: null, blockTime: null };
}

function readable(document: OpenAttestationDocument): DocumentUnderTest | undefined {
  try {
    return readDocument(bundleAround(document));
  } catch {
    // Not a salted document: nothing in it can be asked about.
    return undefined;
  }
}

/** As a bundle that repeats what the document says of itself. Throws `NotSalted` for data that are not salted. */
function bundleAround(document: OpenAttestationDocument): EvidenceBundle {
  const { docId, documentAddress, pdf } = unsaltData(document.data) as {
    docId?: unknown;
    documentAddress?: unknown;
    pdf?: { sha256?: unknown };
  };
  return {
    version: EVIDENCE_VERSION,
    document,
    docId: String(docId),
    documentAddress: String(documentAddress),
    leaf: `0x${document.signature.targetHash}`,
    pdf: { sha256: String(pdf?.sha256) },
    events: [],
    anchors: [],
  };
}
