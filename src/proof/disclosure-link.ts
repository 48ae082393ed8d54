import type { Inflate } from './anchored-copy/index.js';
import { canonicalJson } from './canonical-json.js';
import { parseEvidenceBundle } from './evidence-bundle.js';
import type { EvidenceBundle } from './evidence-bundle.js';
import { BundleMalformed } from './proof.errors.js';

/**
 * As many characters as the fragment of a link may have. Browsers take several times as many; programs that pass links on
 * are what sets the limit. What is longer travels as a file.
 */
export const LONGEST_DISCLOSURE_FRAGMENT = 16_000;
/** What a fragment may unpack to: sixty times its length, which no evidence comes near. */
const LARGEST_BUNDLE = 1_000_000;
const PREFIX = 'd=';

/** Compresses to the zlib format (RFC 1950): `deflate` of Node, `CompressionStream('deflate')` of browsers. */
export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array;

/**
 * The fragment, without `#`, of a link that carries a bundle: browsers never send it, so the server that the link leads to
 * learns nothing of the document. Null when it would be longer than `LONGEST_DISCLOSURE_FRAGMENT`.
 */
export async function disclosureFragment(bundle: EvidenceBundle, deflate: Deflate): Promise<string | null> {
  const packed = await deflate(new TextEncoder().encode(canonicalJson(bundle)));
  const binary = Array.from(packed, (byte) => String.fromCharCode(byte)).join('');
  const fragment = PREFIX + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return fragment.length > LONGEST_DISCLOSURE_FRAGMENT ? null : fragment;
}

/**
 * The bundle that a fragment carries, with or without its `#`. Says nothing about truth. Throws `BundleMalformed` for
 * whatever else somebody put into the link.
 */
export async function readDisclosureFragment(fragment: string, inflate: Inflate): Promise<EvidenceBundle> {
  const text = fragment.replace(/^#/, '');
  if (text.length > LONGEST_DISCLOSURE_FRAGMENT || !/^d=[\w-]+$/.test(text)) {
    throw new BundleMalformed('This link carries no evidence, or not all of it: it may have been cut off on its way');
  }
  return parseEvidenceBundle(await unpacked(text.slice(PREFIX.length), inflate));
}

async function unpacked(text: string, inflate: Inflate): Promise<unknown> {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const bytes = await inflate(packed, LARGEST_BUNDLE);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Whatever it was that failed, the link was damaged.
    throw new BundleMalformed('The evidence in this link is damaged: ask for the link again, or for the file');
  }
}
