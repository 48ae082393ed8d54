import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { serve } from '../../../dist/bench/pdf/serve.js';

const require = createRequire(import.meta.url);
const bytes = readFileSync(process.env.BENCH_FONT);
// pdfmake parses the font for each document, which takes a second; here it gets one that is parsed already.
const fontkit = require('fontkit');
const parsed = fontkit.create(bytes);
require.cache[require.resolve('fontkit')].exports = { ...fontkit, create: () => parsed };
const pdfmake = require('pdfmake');

pdfmake.virtualfs.writeFileSync('text.ttf', bytes);
pdfmake.setFonts({ text: { normal: 'text.ttf', bold: 'text.ttf' } });
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => true);

const MM = 72 / 25.4;
const RED = '#8b1a1a';
const GREY = '#5a5a5a';
const ALIGNMENTS = ['left', 'left', 'center', 'right', 'right', 'right', 'center', 'right'];
const RULED = {
  hLineWidth: () => 0.7,
  vLineWidth: () => 0.7,
  hLineColor: () => RED,
  vLineColor: () => RED,
  paddingLeft: () => 3,
  paddingRight: () => 3,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};

serve(({ sheet }) => pdfmake.createPdf(definitionOf(sheet)).getBuffer());

function definitionOf(sheet) {
  return {
    pageSize: { width: 210 * MM, height: 140 * MM },
    pageMargins: [6 * MM, 4 * MM, 6 * MM, 2 * MM],
    defaultStyle: { font: 'text', fontSize: 7.5, lineHeight: 0.95 },
    watermark: { text: sheet.sample, color: '#c83c3c', opacity: 0.15, angle: -35, fontSize: 44, bold: false },
    content: [headOf(sheet), partiesOf(sheet), itemsOf(sheet), totalOf(sheet), remarkOf(sheet), recordOf(sheet)],
  };
}

const labelled = ([label, value]) => ({ text: [{ text: label, color: RED }, value] });

function headOf(sheet) {
  const seal = {
    type: 'ellipse',
    x: 43 * MM,
    y: 10 * MM,
    r1: 15 * MM,
    r2: 10 * MM,
    lineColor: '#c8322f',
    lineWidth: 1.4,
  };
  return {
    columns: [
      { qr: sheet.qr.tax, fit: 20 * MM, width: 55 * MM, eccLevel: 'M' },
      {
        width: 86 * MM,
        stack: [
          { canvas: [seal] },
          {
            ...{ relativePosition: { x: 0, y: -19 * MM }, alignment: 'center', fontSize: 6.5, color: '#c8322f' },
            text: sheet.seal.join(' '),
          },
          {
            ...{ relativePosition: { x: 0, y: -14 * MM }, alignment: 'center', fontSize: 17, color: RED },
            text: sheet.title,
          },
        ],
      },
      { stack: sheet.head.map((pair) => ({ ...labelled(pair), fontSize: 8.5, margin: [0, 8, 0, 0] })) },
    ],
    margin: [0, 0, 0, 6],
  };
}

function partiesOf(sheet) {
  const cells = sheet.parties.flatMap(({ label, rows }) => [
    { text: Array.from(label).join('\n'), color: RED, alignment: 'center' },
    { stack: rows.map((pair) => ({ ...labelled(pair), margin: [0, 2, 0, 8] })) },
  ]);
  return { table: { widths: [4 * MM, '*', 4 * MM, '*'], body: [cells] }, layout: RULED };
}

function itemsOf(sheet) {
  const row = (values, color) => values.map((text, column) => ({ text, alignment: ALIGNMENTS[column], color }));
  const head = sheet.columns.map((text) => ({ text, alignment: 'center', color: RED }));
  const sums = ['', '', '', '', '', sheet.sums.amount, '', sheet.sums.tax].map((text, column) => ({
    ...{ text: column === 0 ? sheet.sums.label : text, alignment: column === 0 ? 'center' : 'right' },
  }));
  const body = [head, ...sheet.rows.map((values) => row(values, '#111111')), sums];
  const layout = { ...RULED, hLineWidth: () => 0, vLineWidth: (index) => (index % 8 === 0 ? 0.7 : 0) };
  return {
    table: { widths: ['*', 20 * MM, 10 * MM, 12 * MM, 24 * MM, 24 * MM, 16 * MM, 20 * MM], body },
    layout: { ...layout, paddingTop: () => 0.8, paddingBottom: () => 0.8 },
  };
}

function totalOf({ total }) {
  const cells = [
    { text: total.words[0], color: RED, alignment: 'center' },
    total.words[1],
    { text: [{ text: total.figures[0], color: RED }, total.figures[1]] },
  ];
  return { table: { widths: [48 * MM, '*', 50 * MM], body: [cells] }, layout: RULED };
}

function remarkOf({ remark, drawer }) {
  const cells = [{ text: Array.from(remark[0]).join('\n'), color: RED }, remark[1]];
  return [
    { table: { widths: [4 * MM, '*'], heights: 11 * MM, body: [cells] }, layout: RULED },
    { ...labelled(drawer), margin: [30, 2, 0, 2] },
  ];
}

function recordOf({ record, qr }) {
  const line = { type: 'line', x1: 0, y1: 0, x2: 198 * MM, y2: 0, lineWidth: 0.5, dash: { length: 3 } };
  return [
    { canvas: [line] },
    {
      fontSize: 6.5,
      columns: [
        {
          width: 22 * MM,
          stack: [
            { text: record.title[0], fontSize: 9, color: RED },
            { text: record.title[1], fontSize: 6, color: GREY },
          ],
        },
        { width: 28 * MM, stack: record.rows.map(([label]) => ({ text: label, color: GREY })) },
        { width: 110 * MM, stack: record.rows.map(([, value]) => value) },
        { width: 20 * MM, alignment: 'right', stack: [...record.scan] },
        { qr: qr.verify, fit: 14 * MM, eccLevel: 'M', alignment: 'right' },
      ],
    },
  ];
}
