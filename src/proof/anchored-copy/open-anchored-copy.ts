import { toHex } from '../../kernel/index.js';
import type { EvidenceBundle } from '../evidence-bundle.js';
import { digestOf, fieldHashesOf, rememberingFieldHash } from '../salted-digest.js';
import type { HashOfField, SaltedData } from '../salted-digest.js';
import { bundleOf, parseProof, proofText } from './anchor-stamp.js';
import type { AnchorStamp, ReadProof } from './anchor-stamp.js';
import { appendOf, isWhollySigned } from './build-anchored-copy.js';
import type { Inflate, PdfFile } from './pdf-file.js';
import { latin, standsAt } from './pdf-bytes.js';
import { PdfParser } from './pdf-parser.js';
import { EOF_MARK, indexOf, possibleEnds, readPdf } from './read-pdf.js';
import { awaitsStamp } from './stamp-field.js';

/** What a reader of copies brings along. */
export type CopyTools = {
  readonly sha256: (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array;
  readonly inflate: Inflate;
};

/**
 * What is wrong with a copy, by its part:
 * - `prefix-changed`: the issued bytes are not those that the stamp was made for;
 * - `append-changed`: what follows the issued bytes begins like a stamp and is not one, byte for byte;
 * - `bytes-after-append`: the stamp is as it should be, and something follows it;
 * - `bytes-after-issue`: something follows the issued bytes that is no stamp at all;
 * - `attachment-changed`: the attached data is not what the leaf commits to;
 * - `not-wholly-signed`: the signature inside covers another part than the issued bytes.
 */
export type CopyFault =
  | 'prefix-changed'
  | 'append-changed'
  | 'bytes-after-append'
  | 'bytes-after-issue'
  | 'attachment-changed'
  | 'not-wholly-signed';

/** A PDF, as far as its bytes alone tell. */
export type OpenedCopy =
  /** None of ours, or too damaged to tell: nothing of it awaits a stamp, and nothing bears one. */
  | { readonly kind: 'foreign' }
  /** A PDF, whoever made it, that breaks off before its end, and of which nothing can be told any more. */
  | { readonly kind: 'incomplete' }
  /** A whole file that awaits its stamp. */
  | { readonly kind: 'issued' }
  /** Bears a stamp that can be read. */
  | {
      readonly kind: 'anchored';
      readonly faults: readonly CopyFault[];
      /** The first so many bytes are the issued file. */
      readonly issuedLength: number;
      /** SHA-256 of the issued bytes as they are in this file; hex. */
      readonly issuedSha256: string;
      /** They, opened; null when they are no PDF that can be read. */
      readonly issuedFile: PdfFile | null;
      readonly stamp: AnchorStamp;
      /** `fieldHash`, which has taken those of the attached data. */
      readonly hashOf: HashOfField;
      /** Evidence made of the file alone; null when its attached data cannot be read. */
      readonly bundle: EvidenceBundle | null;
    }
  /** Ours, with something after the issued bytes out of which no stamp can be read. */
  | {
      readonly kind: 'altered';
      readonly faults: readonly CopyFault[];
      readonly issuedLength: number;
      readonly issuedSha256: string;
    };

type Anchored = Extract<OpenedCopy, { kind: 'anchored' }>;

const PROOF_START = '/V ({"';
const PROOF_MARK = 'chopmark.anchored-copy';
/** Stamps looked at in one file: the issued bytes may hold texts that only look like one, and a stranger may add more. */
const MOST_STAMPS = 8;
/**
 * Places looked at that begin like a proof. Each may cost as much as the longest string that a PDF can have: without an end
 * to it, a file of nothing but such beginnings would keep its reader busy for minutes.
 */
const MOST_STARTS = 64;

/**
 * Opens a PDF and tells which part of it is not what it should be. Never throws for anything in the bytes.
 *
 * It trusts nothing that it reads: the stamp says how long the issued file was and what its SHA-256 is; that prefix MUST
 * have that digest, and the stamp built again on it MUST give this file, byte for byte. So it does not matter how a stamp
 * was found. Whether the leaf it names is anchored is for `verifyEvidence` to ask.
 */
export async function openAnchoredCopy(bytes: Uint8Array, tools: CopyTools): Promise<OpenedCopy> {
  let best: Anchored | undefined;
  for (const found of stampsIn(bytes)) {
    const opened = await examine(bytes, found, tools);
    best = best === undefined || gravity(opened) < gravity(best) ? opened : best;
  }
  return best ?? (await withoutStamp(bytes, tools));
}

/** Proofs that stand in the file after as many bytes as they say the issued file had. */
function stampsIn(bytes: Uint8Array): FoundProof[] {
  const found: FoundProof[] = [];
  let starts = 0;
  for (let at = indexOf(bytes, PROOF_START, 0); at >= 0; at = indexOf(bytes, PROOF_START, at + 1)) {
    starts += 1;
    const proof = proofAt(bytes, at + PROOF_START.length - 3);
    if (proof !== undefined && proof.issued.length <= at) {
      found.push(proof);
    }
    if (found.length === MOST_STAMPS || starts === MOST_STARTS) {
      break;
    }
  }
  return found;
}

/** A proof, and the text that it was read from, which is the only one that says the same. */
type FoundProof = ReadProof & { readonly text: string };

function proofAt(bytes: Uint8Array, at: number): FoundProof | undefined {
  const value = readable(() => new PdfParser(bytes, at).text());
  const text = value === undefined ? '' : latin(value.bytes);
  const proof = parseProof(text);
  return proof === undefined ? undefined : { ...proof, text };
}

async function examine(bytes: Uint8Array, proof: FoundProof, tools: CopyTools): Promise<Anchored> {
  const { stamp } = proof;
  const { length: issuedLength, sha256: issuedSha256, isWhole } = await issuedPartOf(bytes, proof, tools);
  const prefix = bytes.subarray(0, issuedLength);
  const issuedFile = readable(() => readPdf(prefix)) ?? null;
  const core = issuedFile === null ? undefined : await attachedCore(issuedFile, tools);
  const hashOf = rememberingFieldHash();
  const faults = isWhole ? appendFaults(bytes, issuedFile, proof) : ['prefix-changed' as const];
  return {
    kind: 'anchored',
    faults: isAttachmentChanged(core, { stamp, faults, hashOf }) ? [...faults, 'attachment-changed'] : faults,
    issuedLength,
    issuedSha256,
    issuedFile,
    stamp,
    hashOf,
    bundle: core === undefined ? null : bundleOf(proof, core),
  };
}

type IssuedPart = { readonly length: number; readonly sha256: string; readonly isWhole: boolean };

/**
 * The prefix that has the digest the stamp states: as long as it says, or, since that too may be what was altered, up to
 * another place where a revision could end. When none has it, as long as it says.
 */
async function issuedPartOf(bytes: Uint8Array, proof: FoundProof, tools: CopyTools): Promise<IssuedPart> {
  const { issued, withoutCore } = proof;
  const stated = [issued.sha256, withoutCore.pdf.sha256];
  const partOf = async (length: number): Promise<IssuedPart> => {
    const sha256 = toHex(await tools.sha256(bytes.subarray(0, length)));
    return { length, sha256, isWhole: stated.includes(sha256) };
  };
  const first = await partOf(issued.length);
  if (first.isWhole) {
    return first;
  }
  for (const length of possibleEnds(bytes).slice(0, MOST_STAMPS)) {
    const other = await partOf(length);
    if (other.isWhole) {
      return other;
    }
  }
  return first;
}

/** The copy begins with the prefix it is built on: what is built again, and compared byte by byte, is the append. */
function appendFaults(bytes: Uint8Array, file: PdfFile | null, proof: FoundProof): CopyFault[] {
  if (file === null) {
    return ['append-changed'];
  }
  if (!isSigned(file)) {
    return ['not-wholly-signed'];
  }
  const { length } = file.bytes;
  const append = readable(() => appendOf(file, proof.stamp, textFor(proof, length)));
  if (append === undefined || !standsAt(bytes, length, append)) {
    return ['append-changed'];
  }
  return bytes.length === length + append.length ? [] : ['bytes-after-append'];
}

/** The text that belongs on this file: the one that was found, when it says the right things about the file. */
function textFor({ issued, stamp, text, withoutCore }: FoundProof, length: number): string {
  const { sha256 } = withoutCore.pdf;
  return issued.length === length && issued.sha256 === sha256 ? text : proofText({ issued: { length, sha256 }, stamp });
}

function isSigned(file: PdfFile): boolean {
  return readable(() => isWhollySigned(file)) ?? false;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The salted core data that is attached to the issued file: the only attachment whose name ends in `.json`. */
async function attachedCore(file: PdfFile, { inflate }: CopyTools): Promise<SaltedData | undefined> {
  try {
    const [data, ...others] = file.attachments().filter(({ name }) => name.endsWith('.json'));
    if (data === undefined || others.length > 0) {
      return undefined;
    }
    const text = utf8.decode(await file.contentOf(data.stream, inflate));
    const core = JSON.parse(text) as unknown;
    // A key that stands twice, or anything else that reads differently from how it looks, is not what was attached.
    return isObject(core) && JSON.stringify(core) === text ? (core as SaltedData) : undefined;
  } catch {
    return undefined;
  }
}

/** Data that cannot be read is only then called changed when all that could have damaged it is known to be whole. */
function isAttachmentChanged(
  core: SaltedData | undefined,
  { stamp, faults, hashOf }: Pick<Anchored, 'stamp' | 'faults' | 'hashOf'>,
): boolean {
  const [fault] = faults;
  if (fault === 'append-changed') {
    return false;
  }
  return core === undefined
    ? fault !== 'prefix-changed'
    : readable(() => `0x${digestOf(fieldHashesOf(core, hashOf))}`) !== stamp.docId;
}

/** Where the issued file ends, and whether anything follows, when no stamp tells. */
async function withoutStamp(bytes: Uint8Array, { sha256 }: CopyTools): Promise<OpenedCopy> {
  const issuedLength = possibleEnds(bytes).find((end) => {
    return readable(() => awaitsStamp(readPdf(bytes.subarray(0, end)))) === true;
  });
  if (issuedLength === undefined) {
    return { kind: hasEnd(bytes) ? 'foreign' : 'incomplete' };
  }
  if (issuedLength === bytes.length) {
    return { kind: 'issued' };
  }
  const hasTraces = [PROOF_START, PROOF_MARK].some((trace) => indexOf(bytes, trace, issuedLength) >= 0);
  const issuedSha256 = toHex(await sha256(bytes.subarray(0, issuedLength)));
  return { kind: 'altered', faults: [hasTraces ? 'append-changed' : 'bytes-after-issue'], issuedLength, issuedSha256 };
}

/** How far from its end a PDF must have its last `%%EOF`. Source: ISO 32000-1, annex H, implementation note 18. */
const END_WITHIN = 1_024;

/** Whether a PDF has an end at all: what breaks off on its way lacks it, wherever it broke off. */
function hasEnd(bytes: Uint8Array): boolean {
  return indexOf(bytes.subarray(-END_WITHIN), EOF_MARK, 0) >= 0;
}

/** The nearer to a copy that holds, the less. */
function gravity({ faults }: Anchored): number {
  return faults.reduce((sum, fault) => sum + (GRAVITY[fault] ?? 1), 0);
}

const GRAVITY: Partial<Record<CopyFault, number>> = { 'prefix-changed': 100, 'append-changed': 10 };

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the reading gave, or undefined where the bytes do not allow it. */
function readable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
