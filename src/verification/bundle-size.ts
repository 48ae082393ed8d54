import type { Problem } from '../platform/validation/index.js';
import type { EvidenceBundle } from '../proof/index.js';

/** No batch is deeper, and nobody anchors more often; each hash and each anchor costs us questions to the chain. */
const LONGEST_PROOF = 64;
const MOST_ANCHORS = 16;
const MOST_EVENTS = 200;

/** Why a bundle is not looked at; null when it is no larger than honest ones. */
export function bundleSizeProblem({ document, anchors, events }: EvidenceBundle): Problem | null {
  const isSmall =
    document.signature.proof.length <= LONGEST_PROOF &&
    anchors.length <= MOST_ANCHORS &&
    events.length <= MOST_EVENTS &&
    events.every(
      (event) => (event.proof ?? []).length <= LONGEST_PROOF && (event.anchors ?? []).length <= MOST_ANCHORS,
    );
  return isSmall
    ? null
    : {
        code: 'verification.bundle-too-large',
        message: `A bundle has at most ${MOST_EVENTS} events, and each at most ${LONGEST_PROOF} hashes of proof and ${MOST_ANCHORS} anchors.`,
      };
}
