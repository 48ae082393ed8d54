import { sealEvent, type SealedCore } from '../documents/index.js';
import type { DocumentSecret } from '../platform/vault/index.js';
import { type CoreData, documentEntry, formatCaip10 } from '../proof/index.js';
import type { AuditedDocument, AuditedEvent } from './documents-under-audit.repository.js';
import type { Finding, FindingCode, Place } from './finding.js';

/** A document opened; `firstLeaf` follows from its PDF, and is null while there is none. */
export type EventGround = {
  readonly secret: DocumentSecret;
  readonly sealed: SealedCore;
  readonly chainId: number;
  readonly firstLeaf: Uint8Array | null;
};

export type CheckedEvents = {
  readonly findings: readonly Finding[];
  readonly entries: readonly {
    readonly seq: number;
    readonly entry: Uint8Array;
    /** What follows from the stored leaf, where that is another than the derived one: either may be what was anchored. */
    readonly stored?: Uint8Array;
    readonly isDerived: boolean;
  }[];
};

type Report = (code: FindingCode, more?: Place) => Finding;

/** `leaf` is the derived one where it can be derived, else the stored one; null when the event has none and needs none yet. */
type Step = {
  readonly leaf: Uint8Array | null;
  readonly isDerived: boolean;
  readonly problems: readonly FindingCode[];
};

/** A leaf that was altered, or whose event was: whichever of the two the next event names, the chain goes on there. */
type Before = Step & { readonly stored: Uint8Array | null };

/** Follows a document's events from leaf to leaf. Without `ground` nothing is derived, and only what is stored is told. */
export function checkEvents(document: AuditedDocument, ground: EventGround | null, report: Report): CheckedEvents {
  const findings: Finding[] = firstProblems(document).map((code) => report(code));
  const entries: CheckedEvents['entries'][number][] = [];
  let before: Before | null = null;
  let expected = 0;
  for (const event of document.events) {
    for (; expected < event.seq; expected += 1) {
      findings.push(report('event.missing', { seq: expected }));
      before = null;
    }
    expected = event.seq + 1;
    const step: Step = ground === null ? asStored(event) : follow(event, { document, ground, before });
    findings.push(...step.problems.map((code) => report(code, { seq: event.seq })));
    const entry = entryOf(document, event, { ground, leaf: step.leaf });
    const stored = entryOf(document, event, { ground, leaf: event.leaf });
    if (entry !== null) {
      const { seq } = event;
      entries.push({ seq, entry, isDerived: step.isDerived, ...(stored !== null && { stored }) });
    }
    before = { ...step, stored: event.leaf };
  }
  return { findings, entries };
}

function firstProblems({ events, issuedAt }: AuditedDocument): FindingCode[] {
  const [first] = events;
  if (first === undefined) {
    return ['event.missing'];
  }
  const isRight = first.seq !== 0 || (first.type === 'issued' && first.at.getTime() === issuedAt.getTime());
  return isRight ? [] : ['event.first-wrong'];
}

function asStored({ leaf }: AuditedEvent): Step {
  return { leaf, isDerived: false, problems: [] };
}

type Surroundings = {
  readonly document: AuditedDocument;
  readonly ground: EventGround;
  readonly before: Before | null;
};

function follow(event: AuditedEvent, surroundings: Surroundings): Step {
  const { document, ground } = surroundings;
  if (event.seq === 0) {
    const isDue = document.isRendered && ground.firstLeaf !== null;
    return compared(event, ground.firstLeaf, isDue ? ['event.leaf-missing'] : []);
  }
  return event.leaf === null
    ? { ...asStored(event), problems: whyOpen(event, document) }
    : chained(event, surroundings);
}

/** Leaves are fixed in order, some time after the events: only what was passed over, or given up, is wrong. */
function whyOpen({ seq, hasGivenUp }: AuditedEvent, { events }: AuditedDocument): FindingCode[] {
  if (hasGivenUp) {
    return ['event.given-up'];
  }
  return events.some((later) => later.seq > seq && later.leaf !== null) ? ['event.leaf-missing'] : [];
}

function chained(event: AuditedEvent, { ground, before }: Surroundings): Step {
  const isStored = before?.stored != null && event.previousLeaf?.equals(before.stored) === true;
  const previousLeaf = (isStored ? before.stored : before?.leaf) ?? event.previousLeaf;
  if (previousLeaf === null) {
    return { ...asStored(event), problems: ['event.previous-leaf-wrong'] };
  }
  const step = compared(event, derive(event, { ...ground, previousLeaf }), []);
  const isChained = event.previousLeaf?.equals(previousLeaf) === true;
  return isChained ? step : { ...step, problems: ['event.previous-leaf-wrong', ...step.problems] };
}

/** The leaf that follows from the event and the leaf before it. */
function derive(
  { seq, type, at, payloadCipher }: AuditedEvent,
  { secret, sealed, chainId, previousLeaf }: EventGround & { previousLeaf: Uint8Array },
): Uint8Array | 'broken' {
  try {
    const text = payloadCipher === null ? '{}' : secret.unseal('event', payloadCipher).toString('utf8');
    const payload = JSON.parse(text) as CoreData;
    const documentAddress = formatCaip10({ chainId, address: sealed.address });
    return sealEvent({ docId: sealed.docId, documentAddress, type, seq, at, previousLeaf, payload }, secret).leaf;
  } catch {
    return 'broken';
  }
}

function compared({ leaf }: AuditedEvent, derived: Uint8Array | 'broken' | null, whenMissing: FindingCode[]): Step {
  if (derived === 'broken') {
    return { leaf, isDerived: false, problems: ['event.payload-broken'] };
  }
  if (derived === null) {
    return { leaf, isDerived: false, problems: [] };
  }
  if (leaf === null) {
    return { leaf: whenMissing.length > 0 ? derived : null, isDerived: false, problems: whenMissing };
  }
  return leaf.equals(derived)
    ? { leaf: derived, isDerived: true, problems: [] }
    : { leaf: derived, isDerived: true, problems: ['event.leaf-wrong'] };
}

function entryOf(
  document: AuditedDocument,
  { seq }: AuditedEvent,
  { ground, leaf }: { ground: EventGround | null; leaf: Uint8Array | null },
): Uint8Array | null {
  return leaf === null || seq > 0 ? leaf : documentEntry(leaf, ground?.sealed.docId ?? document.docId);
}
