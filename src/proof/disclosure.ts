import type { FieldError } from '../kernel/index.js';
import { ENVELOPE_KEYS } from './envelope.js';
import type { EvidenceBundle, EvidenceEvent } from './evidence-bundle.js';
import { flatten } from './flatten.js';
import { redact } from './oa-document.js';
import { CannotDisclose } from './proof.errors.js';
import { fieldHash } from './salted-digest.js';

/** Besides the envelope: what kind of document it is decides which events end it. */
const NEEDED_KEYS: ReadonlySet<string> = new Set(['kind']);

/**
 * The bundle without the fields at `paths` (`buyer`, `lines.0.itemName`), for somebody who is to see the rest. Of what is
 * hidden only hashes are left: a hidden value cannot be guessed from its hash, for its salt went with it. The rest verifies
 * as before, here and by OpenAttestation verifiers. What was recorded with later events (`payload`) often repeats the
 * content, so it is hidden as a whole; what happened and when stays, for it decides whether the document is in force.
 *
 * Who hides something cannot be told, only how many fields are hidden. A path under another of `paths` adds nothing.
 *
 * Throws `CannotDisclose`, which names each path that is not in the document (`disclosure.path-unknown`) or that nobody
 * could do without (`disclosure.path-needed`), and `CannotRedact` when nothing would be left.
 */
export function disclose(bundle: EvidenceBundle, paths: readonly string[]): EvidenceBundle {
  const known = flatten(bundle.document.data, 'received').map(([path]) => path);
  const problems = paths.flatMap((path, index) => problemOf(path, index, known));
  if (paths.length === 0) {
    problems.push({ field: 'hide', code: 'disclosure.nothing-hidden', message: 'Name at least one field to hide.' });
  }
  if (problems.length > 0) {
    throw new CannotDisclose(problems);
  }
  const highest = [...new Set(paths)].filter((path) => !paths.some((other) => path.startsWith(`${other}.`)));
  return {
    ...bundle,
    document: highest.reduce(redact, bundle.document),
    events: bundle.events.map(withoutPayload),
  };
}

function problemOf(path: string, index: number, known: readonly string[]): FieldError[] {
  const field = `hide[${index}]`;
  const [top = ''] = path.split('.', 1);
  if (ENVELOPE_KEYS.has(top) || NEEDED_KEYS.has(top)) {
    const message = `"${path}" is needed to verify the document and cannot be hidden.`;
    return [{ field, code: 'disclosure.path-needed', message }];
  }
  const isThere = known.some((each) => each === path || each.startsWith(`${path}.`));
  const message = `"${path}" is not in the document, or is hidden already; paths look like "buyer.name" or "lines.0".`;
  return isThere ? [] : [{ field, code: 'disclosure.path-unknown', message }];
}

function withoutPayload(event: EvidenceEvent): EvidenceEvent {
  const { payload, ...data } = event.data ?? {};
  if (payload === undefined) {
    return event;
  }
  // As a part of the whole: paths begin with the key.
  const hashes = flatten({ payload }, 'received').map(([path, salted]) => fieldHash(path, String(salted)));
  return { ...event, data, hidden: [...(event.hidden ?? []), ...hashes].sort() };
}
