import { createHash } from 'node:crypto';
import { makeCms } from '../../../src/platform/signing/cms.js';
import type { SigningKey } from '../../../src/platform/signing/index.js';
import {
  buildAnchoredCopy,
  proofLength,
  stampOf,
  type AnchorStamp,
  type EvidenceBundle,
  type SaltedData,
} from '../../../src/proof/index.js';
import { withFlippedBit, withObjects } from '../../support/faulty-pdfs.js';
import { placesIn } from '../../support/signing.js';
import type { Original, Stamped } from './originals.js';

/** The hands of a forger: each takes sound bytes and gives broken ones, and is a function of what it is given. */

/** Parts of what is frozen, open to be changed. */
export type Draft<Value> = Value extends readonly (infer Item)[]
  ? Draft<Item>[]
  : Value extends object
    ? {
        -readonly [Key in keyof Value]: Key extends 'data' | 'envelope'
          ? Record<string, SaltedData[string]>
          : Draft<Value[Key]>;
      }
    : Value;

/** Where a text stands that MUST be there. */
export function placeOf(bytes: Uint8Array, text: string, from = 0): number {
  const at = Buffer.from(bytes).indexOf(text, from, 'latin1');
  if (at < 0) {
    throw new Error(`There is no "${text}" in these ${bytes.length} bytes`);
  }
  return at;
}

/** One bit changed in the character so many places after the start of `text`. */
export function flippedAt(bytes: Uint8Array, text: string, { from = 0, offset = 0 } = {}): Uint8Array {
  return withFlippedBit(bytes, placeOf(bytes, text, from) + offset);
}

/** Another hexadecimal digit in the character so many places after the start of `text`. */
export function digitChangedAt(bytes: Uint8Array, text: string, { from = 0, offset = 0 } = {}): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = placeOf(bytes, text, from) + offset;
  copy[at] = copy[at] === 0x30 ? 0x31 : 0x30;
  return copy;
}

/** Another size of the batch for which a proof at this place is as long. */
export function otherSizeFor({ batchSize, leafIndex }: { batchSize: number; leafIndex: number }): number {
  const sizes = Array.from({ length: 64 }, (_, index) => leafIndex + 1 + index);
  const length = proofLength(leafIndex, batchSize);
  const other = sizes.find((size) => size !== batchSize && proofLength(leafIndex, size) === length);
  if (other === undefined) {
    throw new Error('Every size gives a proof of another length');
  }
  return other;
}

/** Another text in the place of the first such text; both MUST be as long. */
export function overwritten(bytes: Uint8Array, text: string, by: string, from = 0): Uint8Array {
  if (text.length !== by.length) {
    throw new Error(`"${by}" is not as long as "${text}"`);
  }
  const copy = Buffer.from(bytes);
  copy.write(by, placeOf(bytes, text, from), 'latin1');
  return copy;
}

export function joined(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}

/** The issued part, and what follows it. */
export function partsOf({ issued, anchored }: Stamped): { readonly issued: Uint8Array; readonly append: Uint8Array } {
  return { issued, append: anchored.subarray(issued.length) };
}

/** Where the bytes of a stream are: of the first object behind `from` whose dictionary is like `pattern`. */
function streamLike(bytes: Uint8Array, pattern: RegExp, from = 0): { readonly at: number; readonly length: number } {
  const text = Buffer.from(bytes).toString('latin1');
  const streams = text.slice(from).matchAll(/(?:^|\n)(\d+ 0 obj\n(?:(?!endobj|\nstream)[^])*)\nstream\n/g);
  for (const { index, 0: head, 1: opening = '' } of streams) {
    const [, length] = /\/Length (\d+)/.exec(opening) ?? [];
    if (length !== undefined && pattern.test(opening)) {
      return { at: from + index + head.length, length: Number(length) };
    }
  }
  throw new Error(`There is no stream like ${String(pattern)}`);
}

/** One bit changed in the middle of a stream. */
export function streamChanged(bytes: Uint8Array, pattern: RegExp): Uint8Array {
  const { at, length } = streamLike(bytes, pattern);
  return withFlippedBit(bytes, at + Math.floor(length / 2));
}

/** The content of the first page, or its first part: somewhere in its middle one bit is changed. */
export function withContentChanged(bytes: Uint8Array): Uint8Array {
  const page = /\/Type ?\/Page(?!s)(?:(?!endobj)[^])*?\/Contents ?\[?(\d+) 0 R/;
  const [, content] = page.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  return streamChanged(bytes, new RegExp(`^${content ?? 'no page '} 0 obj`));
}

/** The first cross-reference stream behind `from`: its entry before that of itself points one byte beside the object it means. */
export function withEntryMoved(bytes: Uint8Array, from = 0): Uint8Array {
  const pattern = /\/Type ?\/XRef/;
  const { at, length } = streamLike(bytes, pattern, from);
  const text = Buffer.from(bytes).toString('latin1', at - 1_000, at);
  const widths = [...text.matchAll(/\/W ?\[(\d+) (\d+) (\d+)\]/g)].at(-1)?.slice(1).map(Number) ?? [];
  const [kind, offset, last] = widths;
  if (kind === undefined || offset === undefined || last === undefined) {
    throw new Error('The cross-reference stream has no widths');
  }
  return withFlippedBit(bytes, at + length - (kind + offset + last) - last - 1);
}

/** An update that sets one object to another text, as any editor of PDFs would save it. */
export function withObjectReplaced(bytes: Uint8Array, pattern: RegExp, change: (body: string) => string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const objects = [...text.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)\sendobj/g)].reverse();
  const [, number = '', body = ''] = objects.find(([, , content = '']) => pattern.test(content)) ?? [];
  if (number === '') {
    throw new Error(`There is no object like ${String(pattern)}`);
  }
  const changed = change(body);
  if (changed === body) {
    throw new Error(`Nothing is changed in object ${number}`);
  }
  return withObjects(bytes, new Map([[Number(number), changed]]));
}

/** The signature's place overwritten by what `key` signs in its stead, or by zeros. */
export async function resigned(issued: Uint8Array, key: SigningKey | null): Promise<Uint8Array> {
  const file = Buffer.from(issued);
  const { contentsAt, contentsEnd } = placesIn(file);
  const digest = createHash('sha256').update(file.subarray(0, contentsAt)).update(file.subarray(contentsEnd)).digest();
  const cms = key === null ? '' : Buffer.from(await makeCms(digest, key, undefined)).toString('hex');
  file.write(cms.padEnd(contentsEnd - contentsAt - 2, '0'), contentsAt + 1, 'latin1');
  return file;
}

/** The copy that a forger stamps who knows our code: everything in it follows from what it says. */
export function restamped({ issued, bundle }: Original, change: (stamp: Draft<AnchorStamp>) => void): Uint8Array {
  const stamp = structuredClone(soundStampOf(bundle));
  change(stamp as unknown as Draft<AnchorStamp>);
  return buildAnchoredCopy(issued, stamp);
}

/** The stamp that belongs to a bundle. */
export function soundStampOf(bundle: EvidenceBundle): AnchorStamp {
  const stamp = stampOf(bundle);
  if (stamp === null) {
    throw new Error('No chain holds it');
  }
  return stamp;
}

export function edited(bundle: EvidenceBundle, change: (draft: Draft<EvidenceBundle>) => void): EvidenceBundle {
  const copy = structuredClone(bundle);
  change(copy as unknown as Draft<EvidenceBundle>);
  return copy;
}

/** The bundle with a piece of its text replaced, wherever that stands first. */
export function respelt(bundle: unknown, pattern: RegExp, by: string): unknown {
  const text = JSON.stringify(bundle);
  if (!pattern.test(text)) {
    throw new Error(`Nothing in the bundle is like ${String(pattern)}`);
  }
  return JSON.parse(text.replace(pattern, by));
}

export function without<Value>(data: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  if (!Object.hasOwn(data, key)) {
    throw new Error(`There is no "${key}" to leave out`);
  }
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
}
