import { Document, Font, Page, Path, Svg, Text, View, Ellipse, renderToBuffer } from '@react-pdf/renderer';
import { createElement } from 'react';
import { serve } from '../../../dist/bench/pdf/serve.js';
import { qrPath } from './qr.mjs';

// Registered once: the renderer keeps the parsed font.
Font.register({ family: 'text', src: process.env.BENCH_FONT });
Font.registerHyphenationCallback((word) => Array.from(word).flatMap((character) => [character, '']));

const MM = 72 / 25.4;
const RED = '#8b1a1a';
const GREY = '#5a5a5a';
const WIDTHS = [48, 23, 12, 22, 28, 26, 17, 22];
const ALIGNMENTS = ['left', 'left', 'center', 'right', 'right', 'right', 'center', 'right'];
const ROW = { flexDirection: 'row' };

const text = (value, style) => createElement(Text, { style }, value);
const view = (style, ...children) => createElement(View, { style }, ...children);
const labelled = ([label, value], style) => view({ ...ROW, ...style }, text(label, { color: RED }), text(value));

serve(({ sheet }) => renderToBuffer(documentOf(sheet)));

function documentOf(sheet) {
  const page = { fontFamily: 'text', fontSize: 7.5, padding: 6 * MM, paddingTop: 4 * MM, paddingBottom: 2 * MM };
  return createElement(
    Document,
    null,
    createElement(
      Page,
      { size: [210 * MM, 140 * MM], style: page },
      sampleOf(sheet),
      headOf(sheet),
      view({ border: `0.7pt solid ${RED}` }, partiesOf(sheet), itemsOf(sheet), totalOf(sheet), remarkOf(sheet)),
      labelled(sheet.drawer, { marginLeft: 30, marginTop: 3 }),
      recordOf(sheet),
    ),
  );
}

function sampleOf({ sample }) {
  const style = {
    position: 'absolute',
    top: 60 * MM,
    left: 5 * MM,
    width: 200 * MM,
    textAlign: 'center',
    fontSize: 44,
  };
  return text(sample, { ...style, color: '#c83c3c', opacity: 0.15, transform: 'rotate(-35deg)' });
}

function qr(value, size) {
  const { path, size: modules } = qrPath(value);
  const box = { width: size * MM, height: size * MM, viewBox: `0 0 ${modules} ${modules}` };
  return createElement(Svg, box, createElement(Path, { d: path, fill: '#000' }));
}

function headOf(sheet) {
  const ring = { cx: 43, cy: 10, rx: 15, ry: 9.8, stroke: '#c8322f', strokeWidth: 0.5, fill: 'none' };
  const box = { width: 86 * MM, height: 20 * MM, viewBox: '0 0 86 20', style: { position: 'absolute' } };
  const seal = { textAlign: 'center', fontSize: 6.5, color: '#c8322f', marginTop: 4 };
  return view(
    { ...ROW, height: 23 * MM },
    view({ width: 55 * MM }, qr(sheet.qr.tax, 20)),
    view(
      { width: 86 * MM },
      createElement(Svg, box, createElement(Ellipse, ring)),
      text(sheet.seal[0], seal),
      text(sheet.title, { textAlign: 'center', fontSize: 17, color: RED }),
      text(sheet.seal[1], { ...seal, fontSize: 5 }),
    ),
    view({ marginTop: 14 }, ...sheet.head.map((pair) => labelled(pair, { fontSize: 8.5, marginTop: 3 }))),
  );
}

function partiesOf({ parties }) {
  return view(
    ROW,
    ...parties.map(({ label, rows }, index) =>
      view(
        {
          ...ROW,
          width: '50%',
          height: 18 * MM,
          borderBottom: `0.7pt solid ${RED}`,
          borderRight: index === 0 ? `0.7pt solid ${RED}` : 'none',
        },
        view(
          { width: 6 * MM, alignItems: 'center', justifyContent: 'center' },
          ...Array.from(label).map((character) => text(character, { color: RED })),
        ),
        view({ justifyContent: 'space-between', paddingVertical: 4 }, ...rows.map((pair) => labelled(pair))),
      ),
    ),
  );
}

function itemsOf(sheet) {
  const row = (values, style) =>
    view(
      { ...ROW, height: 4 * MM },
      ...values.map((value, column) =>
        text(value, { width: WIDTHS[column] * MM, paddingHorizontal: 2, textAlign: ALIGNMENTS[column], ...style }),
      ),
    );
  const sums = [sheet.sums.label, '', '', '', '', sheet.sums.amount, '', sheet.sums.tax];
  return view(
    { height: 48 * MM, paddingTop: 3 },
    row(sheet.columns, { color: RED, textAlign: 'center' }),
    ...sheet.rows.map((values) => row(values)),
    view({ flexGrow: 1 }),
    row(sums),
  );
}

function totalOf({ total }) {
  const rules = { borderTop: `0.7pt solid ${RED}`, borderBottom: `0.7pt solid ${RED}` };
  return view(
    { ...ROW, height: 7 * MM, alignItems: 'center', ...rules },
    text(total.words[0], { width: 50 * MM, textAlign: 'center', color: RED }),
    text(total.words[1], { width: 93 * MM, fontSize: 9 }),
    labelled(total.figures),
  );
}

function remarkOf({ remark }) {
  return view(
    { ...ROW, height: 15 * MM },
    view(
      { width: 6 * MM, alignItems: 'center', justifyContent: 'center' },
      ...Array.from(remark[0]).map((character) => text(character, { color: RED })),
    ),
    text(remark[1], { padding: 3 }),
  );
}

function recordOf({ record, qr: codes }) {
  const [title, subtitle] = record.title;
  return view(
    { ...ROW, borderTop: '0.5pt dashed #888', marginTop: 4, paddingTop: 3, fontSize: 6.5 },
    view({ width: 22 * MM }, text(title, { fontSize: 9, color: RED }), text(subtitle, { fontSize: 6, color: GREY })),
    view({ width: 28 * MM }, ...record.rows.map(([label]) => text(label, { color: GREY }))),
    view({ width: 110 * MM }, ...record.rows.map(([, value]) => text(value))),
    view({ width: 20 * MM, alignItems: 'flex-end' }, ...record.scan.map((value) => text(value))),
    view({ marginLeft: 4 }, qr(codes.verify, 14)),
  );
}
