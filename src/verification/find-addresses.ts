import { promisify } from 'node:util';
import { constants, inflate } from 'node:zlib';
import { fromHex, toHex } from '../kernel/index.js';

/** An address that a file mentions. Says nothing about who wrote it there. */
export type MentionedAddress = {
  /** EIP-155 number; null where only a link was found. */
  readonly chainId: number | null;
  readonly address: Uint8Array;
};

const MOST_ADDRESSES = 10;
const MOST_STREAMS = 4_000;
const LARGEST_STREAM_BYTES = 4 * 1024 * 1024;
const LARGEST_SUM_BYTES = 64 * 1024 * 1024;
/** How far into a file its header may stand. Source: ISO 32000-1, annex H, implementation note 13. */
const HEADER_WITHIN = 1_024;

const MENTION = /(?:eip155:([1-9]\d{0,14}):|\/v\/)0x([0-9a-f]{40})(?![0-9a-f])/gi;

export function isPdf(bytes: Uint8Array): boolean {
  return view(bytes.subarray(0, HEADER_WITHIN)).includes('%PDF-');
}

/**
 * The document addresses that a PDF carries in the open: in its keywords and metadata as we write them, and, where
 * another program has compressed those, in its streams. Reads at most so much, whatever the file claims to hold.
 *
 * Capitals are not checked: a file with one changed byte has to lead to the document that it was made from.
 */
export async function findDocumentAddresses(pdf: Uint8Array): Promise<MentionedAddress[]> {
  const found = new Map<string, MentionedAddress>();
  collect(pdf, found);
  if (found.size > 0) {
    return [...found.values()];
  }
  let budget = LARGEST_SUM_BYTES;
  for (const stream of streamsOf(pdf)) {
    const plain = await inflated(stream);
    budget -= plain.length;
    collect(plain, found);
    if (budget <= 0 || found.size >= MOST_ADDRESSES) {
      break;
    }
  }
  return [...found.values()];
}

function collect(bytes: Uint8Array, found: Map<string, MentionedAddress>): void {
  // UTF-16 texts of ASCII characters become readable without their zeros.
  for (const [, chain, digits = ''] of view(bytes).replaceAll('\0', '').matchAll(MENTION)) {
    if (found.size >= MOST_ADDRESSES) {
      return;
    }
    const address = fromHex(digits);
    found.set(`${chain ?? ''}:${toHex(address)}`, { chainId: chain === undefined ? null : Number(chain), address });
  }
}

function* streamsOf(pdf: Uint8Array): Generator<Uint8Array> {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  let end = 0;
  for (let count = 0; count < MOST_STREAMS; count += 1) {
    const keyword = bytes.indexOf('stream', end);
    if (keyword < 0) {
      return;
    }
    const start = keyword + 'stream'.length + (bytes[keyword + 'stream'.length] === 0x0d ? 2 : 1);
    const next = bytes.indexOf('endstream', start);
    if (next < 0) {
      return;
    }
    end = next + 'endstream'.length;
    yield bytes.subarray(start, next);
  }
}

const inflateStream = promisify<Uint8Array, object, Buffer>(inflate);

/** Nothing when the stream is not deflated, or would be too large: then it is not where an address is looked for. */
async function inflated(stream: Uint8Array): Promise<Uint8Array> {
  if ((stream[0] ?? 0) % 16 !== 8) {
    return new Uint8Array();
  }
  try {
    return await inflateStream(stream, {
      maxOutputLength: LARGEST_STREAM_BYTES,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch {
    return new Uint8Array();
  }
}

function view(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
