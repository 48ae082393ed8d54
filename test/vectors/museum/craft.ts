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

/** The first compressed content of a page: somewhere in its middle one bit is changed. */
export function withContentChanged(bytes: Uint8Array): Uint8Array {
  return flippedAt(bytes, '/FlateDecode', { offset: 600 });
}

/** An update that sets one object to another text, as any editor of PDFs would save it. */
export function withObjectReplaced(bytes: Uint8Array, pattern: RegExp, change: (body: string) => string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const objects = [...text.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)\sendobj/g)].reverse();
  const [, number = '', body = ''] = objects.find(([, , content = '']) => pattern.test(content)) ?? [];
  if (number === '') {
    throw new Error(`There is no object like ${String(pattern)}`);
  }
  return withObjects(bytes, new Map([[Number(number), change(body)]]));
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
