export { Canvas, colour, millimetres } from './canvas.js';
export type { Box, Point } from './canvas.js';
export { undrawableCharacters, widthOfText } from './fonts.js';
export { describeCharacter, UndrawableText } from './pdf.errors.js';
export { PdfWriter } from './pdf-writer.js';
export type { PdfAttachment, PdfDescription } from './pdf-writer.js';
export { drawQrCode } from './qr-code.js';
export { drawSeal } from './seal.js';
export {
  ASCENT,
  DESCENT,
  drawText,
  heightOfLines,
  linesIn,
  placeLines,
  placeText,
  wrapText,
  wrapWithin,
} from './text-box.js';
export type { PlacedText, TextLine, TextStyle } from './text-box.js';
export { drawWatermark } from './watermark.js';
