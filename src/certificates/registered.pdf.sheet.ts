import type { PlacedText, RecordStripContext } from '../platform/pdf/index.js';
import { heightOfLines, labelled, layOutRecordStrip, placeText, tagged, wrapText } from '../platform/pdf/index.js';
import type { PropertyCertificate, PropertyProof } from './certificate.js';
import { BLACK, faint, FOOT, label, MINI_MAP, NOTES, PAGE_MARK, STRIP, TITLE, value } from './certificate.pdf.form.js';
import { layOutTable, SEE_ANNEX, type Row, type Table } from './registered.pdf.rows.js';
import { printedDate, printedPoint } from './registered.pdf.words.js';

/** What a certificate and a proof have in common on paper. */
export type SheetContent = {
  readonly document: PropertyCertificate | PropertyProof;
  readonly heading: { readonly zh: string; readonly en: string };
  readonly rows: readonly Row[];
  readonly notes: string;
  readonly statement: string;
  /** A mini-map stands under the notes. */
  readonly hasMap: boolean;
};

export type FirstSheet = Table & { readonly strip: ReturnType<typeof layOutRecordStrip> };

const NOTES_STYLE = { size: 9, minimum: 7, colour: BLACK };

/** Settles where every text of the first page stands. Draws nothing. */
export function layOutFirstSheet(content: SheetContent, context: RecordStripContext): FirstSheet {
  const { document } = content;
  const table = layOutTable(content.rows);
  const notes = notesOf(content);
  const strip = layOutRecordStrip(context, { ...STRIP, page: 1 });
  return {
    rowTops: table.rowTops,
    annex: [...table.annex, ...notes.annex],
    strip,
    texts: [
      tagged(placeText(content.heading.zh, TITLE.name, { ...label(24), contour: 0.3 }), { role: 'H1' }),
      tagged(placeText(content.heading.en, TITLE.english, faint(8, 'center')), { lang: 'en' }),
      placeText(document.number, TITLE.number, value(13, 'center')),
      placeText(`电子证照标识 E-licence id: ${document.elicenceId}`, TITLE.licence, faint(7)),
      ...table.texts,
      tagged(placeText('附    记', NOTES.label, label(9.5)), { role: 'H2' }),
      placeText(notes.text, NOTES.text(content.hasMap), NOTES_STYLE),
      ...(content.hasMap ? mapTexts(document) : []),
      ...footTexts(content),
    ],
  };
}

function notesOf({ notes, hasMap }: SheetContent): { readonly text: string; readonly annex: readonly Row[] } {
  const box = NOTES.text(hasMap);
  const lines = wrapText(notes, box.width, NOTES_STYLE.minimum);
  return heightOfLines(lines.length, NOTES_STYLE.minimum) <= box.height
    ? { text: notes, annex: [] }
    : { text: SEE_ANNEX, annex: [{ label: '附记', text: notes }] };
}

function mapTexts({ location }: SheetContent['document']): PlacedText[] {
  return [
    tagged(placeText('位置示意 Parcel', MINI_MAP.label, label(8.5)), { role: 'H2' }),
    placeText(printedPoint(location.point), MINI_MAP.point, value(7.5, 'center')),
  ];
}

function footTexts({ document, statement }: SheetContent): PlacedText[] {
  const { location, registerAuthority } = document;
  return [
    placeText(statement, FOOT.statement, { size: 9, minimum: 7, colour: BLACK }),
    ...labelled(
      placeText('登记机构（章）', FOOT.authorityLabel, label(9)),
      placeText(registerAuthority.name, FOOT.authority, value(9, 'center')),
    ),
    placeText(printedDate(document.registeredAt), FOOT.date, value(9.5, 'center')),
    placeText(`电子证照签发时间 ${document.issuedAt}`, FOOT.issuedAt, faint(6.5, 'center')),
    ...labelled(
      placeText('地理位置 Location', FOOT.location.label, label(8, 'left')),
      placeText(`${printedPoint(location.point)}\n${location.crs}`, FOOT.location.text, {
        size: 9,
        minimum: 6,
        colour: BLACK,
      }),
    ),
  ];
}

export function pageMark(document: SheetContent['document'], page: number, pages: number): PlacedText {
  return placeText(`${document.number}    共 ${pages} 页 第 ${page} 页`, PAGE_MARK, faint(7, 'center'));
}
