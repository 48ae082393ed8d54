import { execFileSync } from 'node:child_process';
import { textsOf, withoutSpace, type Sheet } from './sheet.js';

/** Why a file is no honest work: texts that cannot be read back, fonts that are not inside, more than one page. Empty: it is. */
export function faultsOf(file: string, sheet: Sheet): string[] {
  const text = withoutSpace(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }));
  const raw = withoutSpace(execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }));
  const absent = textsOf(sheet).filter((part) => !text.includes(part) && !raw.includes(part));
  const [, , ...fonts] = execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n');
  const foreign = fonts.filter((font) => !/ yes (yes|no) +(yes|no) +\d+ +\d+$/.test(font));
  const pages = /^Pages: +(\d+)$/m.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))?.[1];
  return [
    ...absent.map((part) => `“${part}” cannot be read back`),
    ...(fonts.length === 0 ? ['no font'] : foreign.map((font) => `a font is not embedded: ${font}`)),
    ...(pages === '1' ? [] : [`${pages ?? 'no'} pages`]),
  ];
}

/** The page as a picture beside the file, to be looked at. */
export function drawPicture(file: string): void {
  execFileSync('pdftoppm', ['-png', '-singlefile', '-r', '110', file, file.replace(/\.pdf$/, '')]);
}
