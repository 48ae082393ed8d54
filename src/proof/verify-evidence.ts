import { checkAnchor } from './anchor.check.js';
import { askingOnce } from './chain-reader.js';
import type { ChainReaders, IssuerDirectory } from './chain-reader.js';
import { readDocument } from './document-under-test.js';
import type { DocumentUnderTest } from './document-under-test.js';
import type { EvidenceBundle } from './evidence-bundle.js';
import { checkEvents, findingOf, sumUp } from './events.check.js';
import type { EventFinding } from './events.check.js';
import { checkInclusion } from './inclusion.check.js';
import { checkIntegrity } from './integrity.check.js';
import { checkIssuer } from './issuer.check.js';
import { checkPdf } from './pdf.check.js';
import type { PdfAtHand } from './pdf.check.js';
import { checkStamp } from './stamp.check.js';
import { checkStatus, type ListsAtHand } from './status.check.js';
import { fails, verdictOf } from './verdict.js';
import type { Fact, Verdict } from './verdict.js';

/** What the verifier brings along: this code has no network, no file and no trust of its own. */
export type VerifyOptions = PdfAtHand &
  ListsAtHand & {
    readonly sha256: (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array;
    readonly chains: ChainReaders;
    /** keccak-256 of the document clone's creation code: a constant of the contracts, from which addresses follow. */
    readonly documentInitCodeHash: Uint8Array;
    /** Who is behind a store. Without it the verdict cannot be better than `cannot-tell`. */
    readonly issuers?: IssuerDirectory;
  };

/** No batch is deeper; each hash costs a question to the chain, and whoever wrote the bundle must not choose how many. */
const LONGEST_PROOF = 64;

export type Verification = {
  readonly facts: readonly Fact[];
  readonly verdict: Verdict;
  /** One for each event that the bundle lists, the first included; none when the document cannot be read. */
  readonly events: readonly EventFinding[];
};

/**
 * Checks an evidence bundle (`parseEvidenceBundle` gives one from JSON). Never throws for anything in the bundle:
 * whatever is wrong there is a fact. The signature inside the PDF is asked by those who can read PDFs, who add theirs.
 */
export async function verifyEvidence(bundle: EvidenceBundle, options: VerifyOptions): Promise<Verification> {
  const { facts, events } = await examine(bundle, options);
  return { facts, verdict: verdictOf(facts), events };
}

async function examine(bundle: EvidenceBundle, options: VerifyOptions): Promise<Omit<Verification, 'verdict'>> {
  const document = readable(bundle, options.copy);
  if (document === undefined) {
    return { facts: [fails('integrity', 'malformed')], events: [] };
  }
  const integrity = checkIntegrity(document, options.documentInitCodeHash);
  if (document.hiddenEnvelopePaths.length > 0) {
    return { facts: [integrity], events: [] };
  }
  if (document.proof.length > LONGEST_PROOF) {
    return { facts: [integrity, fails('inclusion', 'proof-broken')], events: [] };
  }
  const chains = askingOnce(options.chains);
  const [pdf, anchor, stamp, status, issuer, later] = await Promise.all([
    checkPdf(document, options, options.sha256),
    checkAnchor({ ...document, anchors: bundle.anchors }, chains),
    checkStamp(document, options.copy, chains),
    checkStatus(document, chains, options),
    checkIssuer(document, options.issuers),
    checkEvents(document, chains),
  ]);
  const inclusion = checkInclusion(document);
  const first = bundle.events.slice(0, 1).map((event) => findingOf(event, [integrity, inclusion, anchor]));
  return {
    facts: [integrity, ...pdf, ...sumUp(later), inclusion, anchor, ...stamp, status, issuer],
    events: [...first, ...later],
  };
}

function readable(bundle: EvidenceBundle, copy: VerifyOptions['copy']): DocumentUnderTest | undefined {
  try {
    return readDocument(bundle, copy?.kind === 'anchored' ? copy.hashOf : undefined);
  } catch {
    // Not a salted document: nothing in it can be asked about.
    return undefined;
  }
}
