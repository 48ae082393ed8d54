import type { Box, PlacedText } from '../platform/pdf/index.js';
import { cell, millimetres, placeText, tagged } from '../platform/pdf/index.js';
import type { PropertyCertificate } from './certificate.js';
import { BLACK, faint, label, value } from './certificate.pdf.form.js';
import { layOutPlan, type PlanDrawing } from './certificate.pdf.plan.js';
import { parcelArea } from './location-rules.js';
import { printedUnitNumber } from './unit-number.js';
import { isSea, printedPoint } from './registered.pdf.words.js';

/** A page of 附图页: the drawing on the first, the table of boundary points on as many as it takes. */
export type PlanSheet = {
  readonly texts: readonly PlacedText[];
  readonly drawing?: PlanDrawing;
  /** Frames around the drawing and the table. */
  readonly frames: readonly Box[];
};

const LEFT = 12;
const WIDTH = 186;
const HEAD = cell(45, 13, 120, 9);
const DRAWING = cell(LEFT, 38, WIDTH, 170);
const COLUMNS = 3;
const ROW = 4.4;
const TABLE = { first: { top: 211, rows: 10 }, next: { top: 26, rows: 56 } };
const FOOT_TOP = 262;

export function layOutPlanSheets(certificate: PropertyCertificate): PlanSheet[] {
  const drawing = layOutPlan(certificate.location, DRAWING, true);
  const points = pointRows(certificate, drawing);
  const first = TABLE.first.rows * COLUMNS;
  const perPage = TABLE.next.rows * COLUMNS;
  const rest = points.slice(first);
  const pages = Array.from({ length: Math.ceil(rest.length / perPage) }, (_, index) =>
    rest.slice(index * perPage, (index + 1) * perPage),
  );
  return [
    {
      drawing,
      frames: [DRAWING],
      texts: [
        ...headTexts(certificate),
        ...tableTexts(points.slice(0, first), TABLE.first),
        ...footTexts(certificate, drawing),
      ],
    },
    ...pages.map((rows) => ({
      frames: [],
      texts: [tagged(placeText('界址点成果表', HEAD, label(15)), { role: 'H2' }), ...tableTexts(rows, TABLE.next)],
    })),
  ];
}

function headTexts(certificate: PropertyCertificate): PlacedText[] {
  return [
    tagged(placeText(isSea(certificate) ? '宗 海 图' : '宗 地 图', HEAD, label(18)), { role: 'H2' }),
    placeText(`不动产单元号：${printedUnitNumber(certificate.unitNo)}`, cell(LEFT, 24, WIDTH, 5), value(9)),
    placeText(`坐落：${certificate.situated}`, cell(LEFT, 29, WIDTH, 8), value(9)),
  ];
}

type PointRow = readonly [name: string, longitude: string, latitude: string, side: string];

function pointRows({ location }: PropertyCertificate, { plan }: PlanDrawing): PointRow[] {
  const count = plan.outline.length;
  return location.parcel.coordinates[0].slice(0, -1).map(([longitude, latitude], index) => {
    const side = `J${index + 1}-J${((index + 1) % count) + 1} ${(plan.sides[index] ?? 0).toFixed(2)}`;
    return [`J${index + 1}`, longitude, latitude, side];
  });
}

const GROUP = WIDTH / COLUMNS;
const CELLS = [
  { title: '点号', x: 0, width: 9 },
  { title: '经度 (°E)', x: 9, width: 18.5 },
  { title: '纬度 (°N)', x: 27.5, width: 17 },
  { title: '边长 (m)', x: 44.5, width: 17 },
];

/** Down the first group of columns, then down the next: each group is a table. */
function tableTexts(points: readonly PointRow[], { top, rows }: { top: number; rows: number }): PlacedText[] {
  const used = Math.max(1, Math.ceil(points.length / rows));
  const place = (group: number, column: number, row: number): Box => {
    const { x = 0, width = 0 } = CELLS[column] ?? {};
    return cell(LEFT + group * GROUP + x, top + row * ROW, width - 0.5, ROW);
  };
  return Array.from({ length: used }, (_, group) => {
    const table = `points ${group}`;
    const heads = CELLS.map(({ title }, column) =>
      tagged(placeText(title, place(group, column, 0), label(7.5, 'left')), {
        role: 'TH',
        scope: 'Column',
        row: { table, index: 0 },
      }),
    );
    const cells = points.slice(group * rows, (group + 1) * rows).map((point, index) =>
      point.map((text, column) =>
        tagged(placeText(text, place(group, column, index + 1), value(7)), {
          role: 'TD',
          row: { table, index: index + 1 },
        }),
      ),
    );
    return [...heads, ...cells.flat()];
  }).flat();
}

function footTexts({ area, location }: PropertyCertificate, { plan }: PlanDrawing): PlacedText[] {
  const lines = [
    `坐标系 CRS：${location.crs}；${location.gaussKruger}    比例尺 1:${plan.scale}    长度单位 m`,
    `标识点 Point：${printedPoint(location.point)}    登记面积：${area.parcel}${area.unit}    图形椭球面积：${parcelArea(location).toFixed(2)}㎡`,
    '示意图，按登记的界址点绘制，非法定测绘成果。Drawn from the registered boundary points; no statutory survey.',
  ];
  return lines.map((line, index) =>
    placeText(
      line,
      cell(LEFT, FOOT_TOP + index * 5.4, WIDTH, 5),
      index < 2 ? { ...value(8), colour: BLACK } : faint(7.5),
    ),
  );
}

export const ANNEX_AREA = {
  x: millimetres(LEFT),
  y: millimetres(28),
  width: millimetres(WIDTH),
  height: millimetres(245),
};
export const ANNEX_HEAD = HEAD;
