import { BYTE_RANGE_PLACEHOLDER, contentsPlaceholder } from '../signing/index.js';
import { stampCodes } from '../../proof/index.js';
import type { Box } from './canvas.js';
import type { KitDocument, Ref } from './kit-document.js';
import { dateString, number, textString } from './pdf-text.js';
import { stream } from './slots.js';
import type { FieldName } from './structure.js';

/** What the field says until the document is anchored. */
const WAITING = '待上链 Awaiting anchoring';
const STATUS_SIZE = 7;
const STATUS_COLOUR = '0.067 0.067 0.067';
/** Name of the font in which stamps are written. */
const STAMP_FONT = 'stamp';
const APPEARANCE = `/DA(/${STAMP_FONT} ${STATUS_SIZE} Tf ${STATUS_COLOUR} rg)`;

const PRINTED = 4;
const READ_ONLY = 1;
const SIGNATURES_EXIST = 1;
const APPEND_ONLY = 2;
/** Whoever opens the file later may fill in fields and sign; nothing else (ISO 32000-1, 12.8.2.2). */
const FILLING_ALLOWED = 2;

const NAMES: Readonly<Record<FieldName, string>> = {
  status: '上链状态 Status of anchoring',
  proof: '上链证明 Proof of anchoring',
  signature: '签发机构电子签名 Signature of the issuer',
};

const FIELDS = ['status', 'proof', 'signature'] as const satisfies readonly FieldName[];

type Widget = { readonly field: FieldName; readonly ref: Ref; readonly key: number };

/** The fields of one issued file, `status` on its first page: numbers first, because page, structure and fields point at each other. */
export class FormFields {
  readonly widgets: readonly Widget[];
  readonly signature: Ref;

  /** Keys of the parent tree begin at `firstKey`. */
  constructor(
    private readonly document: KitDocument,
    private readonly status: Box,
    firstKey: number,
  ) {
    this.widgets = FIELDS.map((field, index) => ({ field, ref: document.reserve(), key: firstKey + index }));
    this.signature = document.reserve();
  }

  /** Writes the form. `page` is the first, which carries every field. */
  write(page: Ref, font: Ref): void {
    const { document } = this;
    const height = document.content.pages[0]?.size.height ?? 0;
    const anchor = document.reserve();
    for (const widget of this.widgets) {
      const box = widget.field === 'status' ? this.status : undefined;
      this.writeWidget(widget, page, rectangleOf(box, height), { font, parent: anchor });
    }
    document.fill(anchor, {
      text: `<</T(anchor)/FT/Tx/Ff ${READ_ONLY}/Kids[${this.refOf('status')} ${this.refOf('proof')}]>>`,
    });
    this.writeSignature();
    const fields = [anchor, this.refOf('signature')];
    const form = document.fixed(
      `<</Fields[${fields.join(' ')}]/SigFlags ${SIGNATURES_EXIST + APPEND_ONLY}/DR<</Font<</${STAMP_FONT} ${font}>>>>${APPEARANCE}>>`,
    );
    document.inCatalog('AcroForm', form);
    document.inCatalog('Perms', `<</DocMDP ${this.signature}>>`);
  }

  private refOf(name: FieldName): Ref {
    const widget = this.widgets.find(({ field }) => field === name);
    if (widget === undefined) {
      throw new Error(`The form has no field "${name}"`);
    }
    return widget.ref;
  }

  private writeWidget(
    { field, ref, key }: Widget,
    page: Ref,
    rectangle: Rectangle,
    { font, parent }: { readonly font: Ref; readonly parent: Ref },
  ): void {
    const appearance = this.document.fixed(...appearanceOf(field, rectangle, font));
    const kind =
      field === 'signature'
        ? `/FT/Sig/T(signature)/V ${this.signature}`
        : `/FT/Tx/T(${field})/Parent ${parent}/Ff ${READ_ONLY}${APPEARANCE}${field === 'status' ? `/V${textString(WAITING)}` : ''}`;
    const { left, bottom, width, height } = rectangle;
    const place = [left, bottom, left + width, bottom + height].map((value) => number(value)).join(' ');
    this.document.fill(ref, {
      text: `<</Type/Annot/Subtype/Widget${kind}/TU${textString(NAMES[field])}/F ${PRINTED}/Rect[${place}]/P ${page}/StructParent ${key}/AP<</N ${appearance}>>>>`,
    });
  }

  /** The certification signature, not yet made: PAdES, whose time stands in the dictionary and not among what is signed. */
  private writeSignature(): void {
    this.document.fillSlot(this.signature, ({ description }) => ({
      text: `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M${dateString(description.createdAt)}/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P ${FILLING_ALLOWED}/V/1.2>>>>]/ByteRange ${BYTE_RANGE_PLACEHOLDER}/Contents ${contentsPlaceholder(description.signatureRoom)}>>`,
    }));
  }
}

type Rectangle = { readonly left: number; readonly bottom: number; readonly width: number; readonly height: number };

/**
 * MUST be whole hundredths of a point, as they are written: the stamp takes the size of its appearance from /Rect, and one
 * of another size is no filling-in of a form for a strict validator.
 */
function rectangleOf(box: Box | undefined, pageHeight: number): Rectangle {
  if (box === undefined) {
    return { left: 0, bottom: 0, width: 0, height: 0 };
  }
  const [left, right] = [hundredths(box.x), hundredths(box.x + box.width)];
  const [bottom, top] = [hundredths(pageHeight - box.y - box.height), hundredths(pageHeight - box.y)];
  return { left, bottom, width: hundredths(right - left), height: hundredths(top - bottom) };
}

function hundredths(points: number): number {
  return Math.round(points * 100) / 100;
}

/** Invisible fields have an appearance too, an empty one: PDF/A demands it, and some readers do not end without it. */
function appearanceOf(field: FieldName, { width, height }: Rectangle, font: Ref): [string, Uint8Array] {
  const baseline = number((height - STATUS_SIZE) / 2 + 0.2 * STATUS_SIZE);
  const operators =
    field === 'status'
      ? `/Tx BMC q BT /${STAMP_FONT} ${STATUS_SIZE} Tf ${STATUS_COLOUR} rg 0 ${baseline} Td <${codesOf(WAITING)}> Tj ET Q EMC`
      : ' ';
  const resources = field === 'status' ? `/Resources<</Font<</${STAMP_FONT} ${font}>>>>` : '/Resources<<>>';
  const { text, data = new Uint8Array() } = stream(
    `/Type/XObject/Subtype/Form/BBox[0 0 ${number(width)} ${number(height)}]${resources}`,
    Buffer.from(operators, 'latin1'),
  );
  return [text, data];
}

function codesOf(text: string): string {
  return stampCodes(text)
    .map((code) => code.toString(16).padStart(4, '0'))
    .join('');
}
