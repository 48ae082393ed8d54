import { BundleMalformed, parseEvidenceBundle } from '../../proof/index.js';
import { bundleSizeProblem } from '../bundle-size.js';
import { isPdf } from '../find-addresses.js';
import { ArchiveRefused, FileTooLarge, NoEvidence, NotAPdf } from '../verification.errors.js';
import type { Subject } from '../verify-document.js';
import { MEGABYTE, PILE_LIMITS } from './pile.js';
import { isZip } from './read-pile.js';

/** As large as a bundle may be that comes as JSON. */
const LARGEST_BUNDLE = 4 * MEGABYTE;
const OPENING_BRACE = 0x7b;

/** What a file of a pile is: a PDF or an evidence bundle. Throws `FileRefused` for anything else. */
export function subjectIn(bytes: Buffer): Subject {
  if (bytes.length > PILE_LIMITS.fileMegabytes * MEGABYTE) {
    throw new FileTooLarge(PILE_LIMITS.fileMegabytes);
  }
  // First: an archive may hold a PDF as it is, and so begin like one.
  if (isZip(bytes)) {
    throw new ArchiveRefused('archive-nested');
  }
  if (isPdf(bytes)) {
    return { pdf: bytes };
  }
  if (bytes[0] === OPENING_BRACE && bytes.length <= LARGEST_BUNDLE) {
    return { bundle: bundleIn(bytes) };
  }
  throw new NotAPdf();
}

function bundleIn(bytes: Buffer): ReturnType<typeof parseEvidenceBundle> {
  try {
    const bundle = parseEvidenceBundle(JSON.parse(bytes.toString('utf8')));
    const problem = bundleSizeProblem(bundle);
    if (problem !== null) {
      throw new NoEvidence(problem.code, problem.message);
    }
    return bundle;
  } catch (error) {
    if (error instanceof BundleMalformed || error instanceof SyntaxError) {
      throw new NoEvidence('verification.bundle-malformed', 'This JSON file is not an evidence bundle');
    }
    throw error;
  }
}
