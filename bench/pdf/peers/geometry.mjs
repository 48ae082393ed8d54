// Where things stand on the 210 × 140 mm sheet, for the peers that place text themselves. All in millimetres from the top left.
const COLUMNS = [
  [6, 48, 'left'],
  [54, 23, 'left'],
  [77, 12, 'center'],
  [89, 22, 'right'],
  [111, 28, 'right'],
  [139, 26, 'right'],
  [165, 17, 'center'],
  [182, 22, 'right'],
];
const RED = [139, 26, 26];
const BLACK = [17, 17, 17];
const GREY = [90, 90, 90];

export const PAGE = { width: 210, height: 140 };
export const SEAL = { x: 105, y: 14, radiusX: 15, radiusY: 10 };
export const TAX_QR = { x: 6.5, y: 4, size: 20 };
export const VERIFY_QR = { x: 188, y: 123, size: 15 };
export const RULES = [
  ...[27, 45, 93, 100, 115].map((y) => [6, y, 204, y]),
  ...[6, 204].map((x) => [x, 27, x, 115]),
  [105, 27, 105, 45],
  [56, 93, 56, 100],
  [12, 100, 12, 115],
  [66, 17, 144, 17],
  [6, 121, 204, 121],
];
export const SAMPLE = { x: 105, y: 75, size: 44, degrees: 35, colour: [200, 60, 60], opacity: 0.15 };

/** Every text with its place: `x`, `width` and `align` of its cell, `y` of its upper edge, `size` in points. */
export function placedTexts(sheet) {
  const texts = [];
  const put = (text, x, y, options = {}) => {
    if (text !== '') {
      texts.push({ text, x, y, width: 100, align: 'left', size: 8, colour: BLACK, ...options });
    }
  };
  put(sheet.title, 66, 8.4, { width: 78, align: 'center', size: 17, colour: RED });
  sheet.head.forEach(([label, value], index) => {
    put(label, 149, 9 + index * 5.2, { size: 8.5, colour: RED });
    put(value, 165, 9 + index * 5.2, { size: 8.5 });
  });
  sheet.parties.forEach(({ label, rows }, index) => {
    const x = index === 0 ? 6 : 105;
    Array.from(label).forEach((character, line) => put(character, x + 2, 28.5 + line * 3.1, { colour: RED }));
    rows.forEach(([name, value], row) => {
      put(name, x + 7.5, 29 + row * 10.5, { colour: RED });
      put(value, x + (row === 0 ? 18 : 53), 29 + row * 10.5);
    });
  });
  const cells = (values, y, options) =>
    values.forEach((value, column) => {
      const [x, width, align] = COLUMNS[column];
      put(value, x + 1, y, { width: width - 2, align, ...options });
    });
  cells(sheet.columns, 46.5, { colour: RED, align: 'center', size: 7.5 });
  sheet.rows.forEach((row, index) => cells(row, 51.5 + index * 4, { size: 7.5 }));
  put(sheet.sums.label, 26, 88, { colour: RED });
  cells(['', '', '', '', '', sheet.sums.amount, '', sheet.sums.tax], 88, {});
  put(sheet.total.words[0], 20, 95, { colour: RED });
  put(sheet.total.words[1], 65, 95, { size: 9 });
  put(sheet.total.figures[0], 149, 95, { colour: RED });
  put(sheet.total.figures[1], 163.5, 95, { size: 9 });
  Array.from(sheet.remark[0]).forEach((character, line) => put(character, 8, 104 + line * 4, { colour: RED }));
  put(sheet.remark[1], 13.5, 102);
  put(sheet.drawer[0], 16, 116.5, { colour: RED });
  put(sheet.drawer[1], 30, 116.5);
  put(sheet.record.title[0], 6, 124, { size: 9, colour: RED });
  put(sheet.record.title[1], 6, 128.5, { size: 6, colour: GREY });
  sheet.record.rows.forEach(([label, value], index) => {
    put(label, 28, 122.5 + index * 3.8, { size: 6.5, colour: GREY });
    put(value, 57, 122.5 + index * 3.8, { size: 6.5, width: 125 });
  });
  put(sheet.record.scan[0], 170, 127, { width: 16, align: 'right', size: 7 });
  put(sheet.record.scan[1], 168, 131, { width: 18, align: 'right', size: 5.5, colour: GREY });
  put(sheet.seal[0], 90, 7, { width: 30, align: 'center', size: 6.5, colour: [200, 50, 47] });
  put(sheet.seal[1], 90, 19.5, { width: 30, align: 'center', size: 5, colour: [200, 50, 47] });
  return texts;
}
