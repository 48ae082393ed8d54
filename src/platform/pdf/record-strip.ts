import type { Box, Canvas } from './canvas.js';
import { cell, colour } from './canvas.js';
import { drawQrCode } from './qr-code.js';
import type { PlacedText, TextStyle } from './text-box.js';
import { placeText } from './text-box.js';

/** What the strip under a form says. */
export type RecordStripContext = {
  /** `eip155:31337:0x…`. */
  readonly documentAddress: string;
  readonly verifyUrl: string;
  readonly docId: string;
  readonly networkName?: string;
};

/** 区块链存证: below the form of every document and no part of it. Says where it is recorded and how it is checked. */
export type RecordStrip = { readonly texts: readonly PlacedText[]; readonly rule: Box; readonly qr: Box };

const RED = colour('#8b1a1a');
const BLACK = colour('#111111');
const GREY = colour('#666666');
const WIDTH = 198;
const ROWS = [1.2, 4.9, 8.6, 12.3];
const ROW_HEIGHT = 3.6;

/** Height from the dashed rule down, in millimetres; what is below it on the page is margin. */
export const RECORD_STRIP_HEIGHT = 16.7;

/** Settles the strip, 198 mm wide, whose dashed rule starts at `origin` (millimetres). Draws nothing. */
export function layOutRecordStrip(context: RecordStripContext, origin: { x: number; y: number }): RecordStrip {
  const at = (x: number, y: number, width: number, height: number): Box =>
    cell(origin.x + x, origin.y + y, width, height);
  return {
    rule: at(0, 0, WIDTH, 0),
    qr: at(182, 0.7, 16, 16),
    texts: [
      placeText('区块链存证', at(0, 1.6, 20, 5), { ...small(9, RED), contour: 0.15 }),
      placeText('Blockchain record', at(0, 6.6, 20, 4), small(6, GREY)),
      ...rowsOf(context).flatMap(([name, text], index) => {
        const y = ROWS[index] ?? 0;
        return [
          placeText(name, at(22, y, 29, ROW_HEIGHT), small(7, GREY)),
          placeText(text, at(51, y, 111, ROW_HEIGHT), small(7, BLACK)),
        ];
      }),
      placeText('扫码查验', at(163, 5, 17.5, 4), { ...small(8, BLACK), align: 'right' }),
      placeText('Scan to verify', at(163, 9, 17.5, 4), { ...small(6, GREY), align: 'right' }),
    ],
  };
}

/** Draws the rule and the code of the strip; its texts are drawn with those of the sheet. */
export function drawRecordStrip(canvas: Canvas, { rule, qr }: RecordStrip, verifyUrl: string): void {
  canvas.line(rule, { x: rule.x + rule.width, y: rule.y }, { width: 0.4, colour: GREY, dash: 2 });
  drawQrCode(canvas, verifyUrl, qr);
}

function rowsOf(context: RecordStripContext): readonly (readonly [string, string])[] {
  const chain = context.documentAddress.split(':').slice(0, 2).join(':');
  return [
    ['网络 Network', context.networkName === undefined ? chain : `${context.networkName} (${chain})`],
    ['链上地址 Address', context.documentAddress],
    ['文档摘要 Document id', shortDigest(context.docId)],
    ['查验网址 Verify at', context.verifyUrl],
  ];
}

const small = (size: number, paint: string): TextStyle => ({ size, minimum: 4.5, colour: paint, vertical: 'middle' });

/** `0x` and the first 16 hex digits: enough for a person to compare; the full digest is in the attached data and on chain. */
function shortDigest(docId: string): string {
  const digits = docId.replace(/^0x/, '');
  return digits.length <= 16 ? docId : `0x${digits.slice(0, 16)}…`;
}
