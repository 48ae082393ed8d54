import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlacedText } from './text-box.js';
import { ASCENT, DESCENT, placeText, wrapText, wrapWithin } from './text-box.js';

const style = { size: 9, minimum: 5, colour: '0 0 0' };
const box = { x: 10, y: 20, width: 100, height: 30 };

const isInside = ({ box: cell, lines, size }: PlacedText): boolean =>
  lines.every(
    ({ x, baseline, width }) =>
      x >= cell.x - 0.01 &&
      x + width <= cell.x + cell.width + 0.01 &&
      baseline - ASCENT * size >= cell.y - 0.01 &&
      baseline + DESCENT * size <= cell.y + cell.height + 0.01,
  );
const withoutSpaces = (text: string): string => text.replaceAll(/\s/g, '');

describe('placeText', () => {
  it('keeps the full size while the text fits', () => {
    expect(placeText('深圳市云帆示范', box, style)).toMatchObject({
      size: 9,
      lines: [{ text: '深圳市云帆示范', x: 10 }],
    });
  });

  it('wraps before it shrinks where the box is high enough, and shrinks where it is not', () => {
    const text = '深圳市云帆示范科技有限公司';
    expect(placeText(text, box, style)).toMatchObject({ size: 9, lines: [{}, {}] });
    expect(placeText(text, { ...box, height: 11 }, style).lines).toHaveLength(1);
  });

  it('ends right-aligned amounts at the right edge', () => {
    const [line] = placeText('99999999999.99', box, { ...style, align: 'right' }).lines;
    expect((line?.x ?? 0) + (line?.width ?? 0)).toBeCloseTo(110);
  });

  it('never lets text leave its box nor drops a character', () => {
    const words = fc.string({ unit: fc.constantFrom(...Array.from('示例，（）。“a1.-/ W—¥\n𠅤')), maxLength: 300 });
    const boxes = fc.record({
      x: fc.constant(3),
      y: fc.constant(4),
      width: fc.integer({ min: 20, max: 300 }),
      height: fc.integer({ min: 8, max: 80 }),
    });
    const aligned = fc.record({
      align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
      vertical: fc.constantFrom('top' as const, 'middle' as const),
    });
    fc.assert(
      fc.property(words, boxes, aligned, (text, cell, alignment) => {
        const placed = placeText(text, cell, { ...style, ...alignment });
        expect(withoutSpaces(placed.lines.map((line) => line.text).join(''))).toBe(withoutSpaces(text));
        expect(isInside(placed)).toBe(true);
      }),
    );
  });
});

describe('wrapText', () => {
  it('breaks between Chinese characters, and keeps words and numbers whole', () => {
    expect(wrapText('便携式计算机 Extended Warranty', 60, 10)).toEqual(['便携式计算机', 'Extended', 'Warranty']);
  });

  it('breaks a word longer than the line anywhere', () => {
    expect(wrapText('0x8f3cb2a1de4a0c9b', 50, 10).length).toBeGreaterThan(1);
  });

  it('begins no line with a closing mark and ends none with an opening one', () => {
    expect(wrapText('一二三，四', 30, 10)).toEqual(['一二', '三，四']);
    expect(wrapText('一二（三）', 30, 10)).toEqual(['一二', '（三）']);
  });

  it('makes no line of an empty text', () => {
    expect(wrapText('', 30, 10)).toEqual([]);
  });
});

describe('wrapWithin', () => {
  it('takes the largest size that needs few enough lines, or else the smallest', () => {
    const figures = { size: 8, minimum: 5, mostLines: 1 };
    expect(wrapWithin('622.64', 60, figures)).toEqual({ size: 8, lines: ['622.64'] });
    expect(wrapWithin('6194.690265486726', 60, figures)).toEqual({ size: 6.5, lines: ['6194.690265486726'] });
    expect(wrapWithin('1'.repeat(40), 60, figures)).toMatchObject({ size: 5, lines: [{}, {}] });
  });
});
