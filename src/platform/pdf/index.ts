export { Alphabet } from './alphabet.js';
export { cell, colour, millimetres } from './canvas.js';
export type { Box, Canvas } from './canvas.js';
export { prepareFont } from './font-program.js';
export { undrawableCharacters } from './fonts.js';
export type { Page } from './page.js';
export { describeCharacter } from './pdf.errors.js';
export { PdfWriter } from './pdf-writer.js';
export { drawQrCode } from './qr-code.js';
export { drawRecordStrip, layOutRecordStrip, RECORD_STRIP_HEIGHT } from './record-strip.js';
export type { RecordStrip, RecordStripContext } from './record-strip.js';
export { drawSeal } from './seal.js';
export {
  ASCENT,
  DESCENT,
  heightOfLines,
  labelled,
  linesIn,
  placeLines,
  placeText,
  tagged,
  wrapText,
  wrapWithin,
} from './text-box.js';
export type { PlacedText, TextStyle, TextTag } from './text-box.js';
export { drawMark, drawWatermark } from './watermark.js';
