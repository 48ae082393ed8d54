import type { Box } from './canvas.js';
import { CodedStream } from './coded-stream.js';
import { LiteralCode, type Part } from './literal-code.js';
import type { Page } from './page.js';
import { fine, number } from './pdf-text.js';
import { isDark, qrModules, type QrModules } from './qr-modules.js';

const QUIET_MODULES = 2;
/** Two codes of 37 × 37 modules. */
const ROOM = 12_000;

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** A QR code of one page, before it is drawn. */
export type QrFigure = {
  readonly text: string;
  /** The square at its top left is filled, a quiet border included. */
  readonly box: Box;
  /** Number of the marked content that it is. */
  readonly mark: number;
};

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
  const content = new CodedStream(qrCode(), ROOM);
  for (const { text, box, mark } of figures) {
    writeFigure(content, qrModules(text), { box, mark, height });
  }
  return content.finish();
}

/** Whatever takes bytes, and takes the word that some repeat themselves. */
type Sink = Pick<CodedStream, 'write' | 'repeat'>;

type Place = Pick<QrFigure, 'box' | 'mark'> & { readonly height: number };

/** All runs are one path, so that no renderer shows seams. */
function writeFigure(sink: Sink, modules: QrModules, place: Place): void {
  sink.write(latin1(startOf(modules, place)));
  writeRuns(sink, modules);
  sink.write(END);
}

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

const END = latin1('f\nQ\nEMC\n');

/**
 * Each horizontal run of dark modules is a rectangle of fourteen bytes, `05 31 02 1 re`: two digits for each number, so that
 * what it has in common with another always stands as far back as there are runs between. The first row begins with a run.
 */
function writeRuns(sink: Sink, modules: QrModules): void {
  const { size } = modules;
  /** Which run of the row was the last of its width, counted from 1. */
  const lastOf = new Uint8Array(size + 1);
  for (let y = 0; y < size; y += 1) {
    let [end, count] = [0, 0];
    lastOf.fill(0);
    for (let x = endOf(modules, 0, y, false); x < size; x = endOf(modules, end, y, false)) {
      end = endOf(modules, x, y, true);
      count += 1;
      sink.write(digits(x));
      writeRest(sink, { y, width: end - x, count, last: lastOf[end - x] ?? 0 });
      lastOf[end - x] = count;
    }
  }
}

type Run = {
  readonly y: number;
  readonly width: number;
  readonly count: number;
  /** The last of the row that was as wide; 0 when there was none. */
  readonly last: number;
};

/** Of a run all but its x. */
function writeRest(sink: Sink, { y, width, count, last }: Run): void {
  if (last > 0) {
    sink.repeat(RUN_LENGTH - DIGITS, RUN_LENGTH * (count - last));
    return;
  }
  if (count > 1) {
    sink.repeat(SPACED_DIGITS, RUN_LENGTH);
  } else {
    sink.write(SPACE);
    sink.write(digits(y));
    sink.write(SPACE);
  }
  sink.write(digits(width));
  if (y === 0 && count === 1) {
    sink.write(RUN_END);
  } else {
    sink.repeat(RUN_END.length, RUN_LENGTH);
  }
}

const SPACE = latin1(' ');
const RUN_END = latin1(' 1 re\n');
const DIGITS = 2;
const SPACED_DIGITS = DIGITS + 2;
const RUN_LENGTH = DIGITS + SPACED_DIGITS + DIGITS + RUN_END.length;

const known: Uint8Array[] = [];
const digits = (value: number): Uint8Array => (known[value] ??= latin1(String(value).padStart(DIGITS, '0')));

/** Where in row `y` modules as dark as that at `x` end. */
function endOf(modules: QrModules, x: number, y: number, dark: boolean): number {
  let end = x;
  while (end < modules.size && isDark(modules, end, y) === dark) {
    end += 1;
  }
  return end;
}

const SAMPLE = 'https://verify.example.com/v/eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC9012345678';

let prepared: LiteralCode | undefined;

/** Made for what a typical code says, and not before one is drawn. */
function qrCode(): LiteralCode {
  if (prepared === undefined) {
    const sample: Part[] = [];
    const sink: Sink = {
      write: (bytes) => sample.push(bytes),
      repeat: (length, distance) => sample.push({ length, distance }),
    };
    const box = { x: 17.25, y: 11.34, width: 56.69, height: 56.69 };
    writeFigure(sink, qrModules(SAMPLE), { box, mark: 5, height: 396.85 });
    prepared = new LiteralCode(sample);
  }
  return prepared;
}
