import type { Box } from './canvas.js';
import { CodedStream, phraseOf, type Phrase } from './coded-stream.js';
import { LiteralCode, type Part } from './literal-code.js';
import type { Page, QrFigure } from './page.js';
import { fine, number } from './pdf-text.js';
import { qrModules, runEnd, type QrModules } from './qr-modules.js';

const QUIET_MODULES = 2;
/** Two codes of 37 × 37 modules. */
const ROOM = 12_000;

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** A figure: `text` as a vector QR code in the square at the top left of `box`; `alt` says what it is for. */
export function drawQrCode(page: Page, text: string, { box, alt }: { readonly box: Box; readonly alt: string }): void {
  page.qrCode(text, { box, alt });
}

/**
 * The deflated content stream that draws the codes of a page of `height`: one of its own, behind that of everything else. Two
 * thirds of a page's operators are runs of modules, and so regular that a code prepared for them takes neither the time nor
 * the room of looking for repetitions.
 */
export function qrContent(figures: readonly QrFigure[], height: number): Uint8Array {
  const code = qrCode();
  const content = new CodedStream(code, ROOM);
  for (const { text, box, mark } of figures) {
    const modules = qrModules(text);
    content.write(latin1(startOf(modules, { box, mark, height })));
    forEachPiece(modules, (piece) => {
      content.put((piece.phrase ??= phraseOf(code, latin1(piece.text), piece.parts)));
    });
    content.write(END);
  }
  return content.finish();
}

type Place = Pick<QrFigure, 'box' | 'mark'> & { readonly height: number };

/** White ground, then modules as the unit, y down. */
function startOf({ size: inner }: QrModules, { box, mark, height }: Place): string {
  const side = Math.min(box.width, box.height);
  const module = side / (inner + 2 * QUIET_MODULES);
  const border = QUIET_MODULES * module;
  const ground = `${number(box.x)} ${number(height - box.y - side)} ${number(side)} ${number(side)} re f`;
  const origin = `${number(box.x + border)} ${number(height - box.y - border)}`;
  const scale = fine(module, 5);
  return `/Figure <</MCID ${mark}>> BDC\nq\n1 1 1 rg\n${ground}\n0 0 0 rg\n${scale} 0 0 -${scale} ${origin} cm\n`;
}

/** All runs are one path, so that no renderer shows seams. */
const END = latin1('f\nQ\nEMC\n');

/** Some of the text of a run, and what of it repeats others. */
type Piece = { readonly text: string; readonly parts: readonly Part[]; phrase?: Phrase };

/**
 * Each horizontal run of dark modules is a rectangle of fourteen bytes, `05 31 02 1 re`: two digits for each number, so that
 * what it has in common with another always stands as far back as there are runs between. The first row begins with a run.
 */
function forEachPiece(modules: QrModules, tell: (piece: Piece) => void): void {
  const { size } = modules;
  /** Which run of the row was the last of its width, counted from 1. */
  const lastOf = new Uint8Array(size + 1);
  for (let y = 0; y < size; y += 1) {
    let [end, count] = [0, 0];
    lastOf.fill(0);
    for (let x = runEnd(modules, 0, y, false); x < size; x = runEnd(modules, end, y, false)) {
      end = runEnd(modules, x, y, true);
      count += 1;
      tell((STARTS[x] ??= spelt(digits(x))));
      const last = lastOf[end - x] ?? 0;
      if (last > 0) {
        tell(restLike(count - last, y, end - x));
      } else {
        tell(rowOf(y, count === 1));
        tell(y + count === 1 ? FIRST_END : (ENDS[end - x] ??= endLikeOthers(end - x)));
      }
      lastOf[end - x] = count;
    }
  }
}

const digits = (value: number): string => String(value).padStart(2, '0');
const RUN_END = ' 1 re\n';
const RUN_LENGTH = '05 31 02'.length + RUN_END.length;

const spelt = (text: string): Piece => ({ text, parts: [latin1(text)] });
const repeated = (text: string, runs: number): Piece => ({
  text,
  parts: [{ length: text.length, distance: runs * RUN_LENGTH }],
});

const STARTS: Piece[] = [];
const ENDS: Piece[] = [];
const FIRST_END = spelt(`07${RUN_END}`);
const ROWS: Piece[] = [];
/** By runs between, row and width. */
const RESTS: Piece[][][] = [];

/** All but the x, as it stood `back` runs before. */
function restLike(back: number, y: number, width: number): Piece {
  const rows = (RESTS[back] ??= []);
  const ofRow = (rows[y] ??= []);
  return (ofRow[width] ??= repeated(` ${digits(y)} ${digits(width)}${RUN_END}`, back));
}

/** The y. */
function rowOf(y: number, isFirst: boolean): Piece {
  const text = ` ${digits(y)} `;
  return (ROWS[2 * y + Number(isFirst)] ??= isFirst ? spelt(text) : repeated(text, 1));
}

/** The width and what all runs end with. */
function endLikeOthers(width: number): Piece {
  const [own, shared] = [spelt(digits(width)), repeated(RUN_END, 1)];
  return { text: own.text + shared.text, parts: [...own.parts, ...shared.parts] };
}

const SAMPLE = 'https://verify.example.com/v/eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC9012345678';

let prepared: LiteralCode | undefined;

/** Made for what a typical code says, and not before one is drawn. */
function qrCode(): LiteralCode {
  if (prepared === undefined) {
    const modules = qrModules(SAMPLE);
    const box = { x: 17.25, y: 11.34, width: 56.69, height: 56.69 };
    const sample: Part[] = [latin1(startOf(modules, { box, mark: 5, height: 396.85 })), END];
    forEachPiece(modules, ({ parts }) => sample.push(...parts));
    prepared = new LiteralCode(sample);
  }
  return prepared;
}
