import type { Box } from './canvas.js';
import { cell, colour } from './canvas.js';
import type { Page } from './page.js';
import { drawQrCode } from './qr-code.js';
import type { PlacedText, TextStyle } from './text-box.js';
import { labelled, placeText, tagged } from './text-box.js';

/** What the strip under a form says. */
export type RecordStripContext = {
  /** `eip155:31337:0x…`. */
  readonly documentAddress: string;
  readonly verifyUrl: string;
  readonly docId: string;
  readonly networkName?: string;
  /** Set on a copy of a document that is out of force: it is never anchored. */
  readonly mark?: { readonly zh: string; readonly en: string };
};

/** 区块链存证: below the form of every document and no part of it. Says where it is recorded and how it is checked. */
export type RecordStrip = {
  readonly texts: readonly PlacedText[];
  readonly rule: Box;
  readonly qr: Box;
  /** Where the field stands that will tell of the anchoring. */
  readonly status?: Box;
};

/** Where the strip begins, and on which page: the first has the field of the status, the others say where it is. */
type StripPlace = Pick<Box, 'x' | 'y'> & { readonly page: number };

const RED = colour('#8b1a1a');
const BLACK = colour('#111111');
const GREY = colour('#666666');
const WIDTH = 198;
const FIRST_ROW = 0.9;
const ROW_PITCH = 3.1;
const ROW_HEIGHT = 3.05;
const NAME = { x: 22, width: 29 };
const VALUE = { x: 51, width: 111 };

/** Height from the dashed rule down, in millimetres; what is below it on the page is margin. */
export const RECORD_STRIP_HEIGHT = 16.7;

/** Settles the strip, 198 mm wide, whose dashed rule starts at `place` (millimetres). Draws nothing. */
export function layOutRecordStrip(context: RecordStripContext, place: StripPlace): RecordStrip {
  const at = (x: number, y: number, width: number, height: number): Box =>
    cell(place.x + x, place.y + y, width, height);
  const values = [...valuesOf(context), insteadOfStatus(context, place)];
  const { heading, names, scan } = wordsAt(place);
  return {
    rule: at(0, 0, WIDTH, 0),
    qr: at(182, 0.7, 16, 16),
    ...(place.page === 1 &&
      context.mark === undefined && { status: at(VALUE.x, FIRST_ROW + 4 * ROW_PITCH, VALUE.width, ROW_HEIGHT) }),
    texts: [
      ...heading,
      ...scan,
      ...names.flatMap((name, index) => {
        const y = FIRST_ROW + index * ROW_PITCH;
        return labelled(name, placeText(values[index] ?? '', at(VALUE.x, y, VALUE.width, ROW_HEIGHT), small(7, BLACK)));
      }),
    ],
  };
}

/** What every strip says, where it says it. */
type StripWords = Readonly<Record<'heading' | 'names' | 'scan', readonly PlacedText[]>>;

/** Each kind of document has its strip in one place. */
const settledWords = new Map<string, StripWords>();
const MOST_SETTLED = 100;

function wordsAt({ x, y }: Pick<Box, 'x' | 'y'>): StripWords {
  const key = `${x} ${y}`;
  let words = settledWords.get(key);
  if (words === undefined) {
    words = settleWords((dx, dy, width, height) => cell(x + dx, y + dy, width, height));
    if (settledWords.size >= MOST_SETTLED) {
      settledWords.clear();
    }
    settledWords.set(key, words);
  }
  return words;
}

function settleWords(at: (x: number, y: number, width: number, height: number) => Box): StripWords {
  return {
    heading: [
      tagged(placeText('区块链存证', at(0, 1.6, 20, 5), { ...small(9, RED), contour: 0.15 }), { role: 'H2' }),
      tagged(placeText('Blockchain record', at(0, 6.6, 20, 4), small(6, GREY)), { lang: 'en' }),
    ],
    scan: [
      placeText('扫码查验', at(163, 5, 17.5, 4), { ...small(8, BLACK), align: 'right' }),
      tagged(placeText('Scan to verify', at(163, 9, 17.5, 4), { ...small(6, GREY), align: 'right' }), { lang: 'en' }),
    ],
    names: ['网络 Network', '链上地址 Address', '文档摘要 Document id', '查验网址 Verify at', '上链 Anchor'].map(
      (name, index) =>
        placeText(name, at(NAME.x, FIRST_ROW + index * ROW_PITCH, NAME.width, ROW_HEIGHT), small(7, GREY)),
    ),
  };
}

function insteadOfStatus({ mark }: RecordStripContext, { page }: StripPlace): string {
  if (mark !== undefined) {
    return '副本，不上链 Copy, never anchored';
  }
  return page === 1 ? '' : '见第 1 页 See page 1';
}

/** Draws the strip. MUST come last: it is no part of the form, and is read after it. */
export function drawRecordStrip(page: Page, { rule, qr, status, texts }: RecordStrip, verifyUrl: string): void {
  page.canvas.line(rule, { x: rule.x + rule.width, y: rule.y }, { width: 0.4, colour: GREY, dash: 2 });
  page.texts(texts);
  if (status !== undefined) {
    page.statusField(status);
  }
  drawQrCode(page, verifyUrl, { box: qr, alt: '查验网址二维码 QR code of the address for verification' });
}

/** In the order of the names, without the status of anchoring. */
function valuesOf(context: RecordStripContext): string[] {
  const chain = context.documentAddress.split(':').slice(0, 2).join(':');
  return [
    context.networkName === undefined ? chain : `${context.networkName} (${chain})`,
    context.documentAddress,
    shortDigest(context.docId),
    context.verifyUrl,
  ];
}

const small = (size: number, paint: string): TextStyle => ({ size, minimum: 4.5, colour: paint, vertical: 'middle' });

/** `0x` and the first 16 hex digits: enough for a person to compare; the full digest is in the attached data and on chain. */
function shortDigest(docId: string): string {
  const digits = docId.replace(/^0x/, '');
  return digits.length <= 16 ? docId : `0x${digits.slice(0, 16)}…`;
}
