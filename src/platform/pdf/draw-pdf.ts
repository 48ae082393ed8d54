import { addFonts, fontsIn } from './font-objects.js';
import { FormFields } from './form-fields.js';
import { idOf, KitDocument, type Drawn, type Ref } from './kit-document.js';
import { addMetadata, informationOf } from './metadata.js';
import type { PdfAttachment, PdfContent } from './pdf-content.js';
import { dateString, nameOf, number, textString } from './pdf-text.js';
import { qrContent } from './qr-code.js';
import { compressed, stream, type Body } from './slots.js';
import { StructureObjects } from './structure-objects.js';

export type DrawnPdf = Drawn & {
  /** Number of the signature dictionary; a copy has none. */
  readonly signature?: number;
};

/**
 * Draws a whole file with pdfkit, as plain objects one after the other: PDF/A-3 and tagged (PDF/UA-1), with its data attached. One that is issued has the fields of
 * a later stamp and a place for the signature; a copy has no form at all, because PDF/A forbids a signature left empty
 * (ISO 19005-3, 6.4.3). The same content gives the same bytes.
 */
export function drawPdf(content: PdfContent): DrawnPdf {
  const document = new KitDocument(content);
  const fonts = addFonts(document);
  const pages = content.pages.map(() => document.reserve());
  const [first] = pages;
  if (first === undefined) {
    throw new Error('A document without pages cannot be written');
  }
  const form = content.status && new FormFields(document, content.status, pages.length);
  const resources = document.packedObject(`<</Font<<${fontsIn(fonts)}>>>>`);
  for (const [index, ref] of pages.entries()) {
    const fields = index === 0 && form ? `/Annots[${form.widgets.map((widget) => widget.ref).join(' ')}]` : '';
    addPage(document, index, { ref, resources, fields });
  }
  form?.write(first, fonts.first);
  new StructureObjects(document, pages, form).write();
  addAttachments(document);
  addMetadata(document);
  return { ...document.end(informationOf), ...(form && { signature: idOf(form.signature) }) };
}

function addPage(
  document: KitDocument,
  index: number,
  { ref, resources, fields }: { readonly ref: Ref; readonly resources: Ref; readonly fields: string },
): void {
  const { size: { width, height } = { width: 0, height: 0 }, qrCodes = [] } = document.content.pages[index] ?? {};
  const drawing = [document.slot(({ pages }) => compressed('', Buffer.from(pages[index]?.operators ?? '', 'latin1')))];
  if (qrCodes.length > 0) {
    const codes = ({ pages }: PdfContent): Body =>
      stream('/Filter/FlateDecode', qrContent(pages[index]?.qrCodes ?? [], height));
    drawing.push(document.slot(codes));
  }
  document.fill(ref, {
    text: `<</Type/Page/Parent ${document.pageTree}/MediaBox[0 0 ${number(width)} ${number(height)}]/Contents[${drawing.join(' ')}]/Resources ${resources}/StructParents ${index}/Tabs/S${fields}>>`,
  });
  document.addPage(ref);
}

function addAttachments(document: KitDocument): void {
  const files = document.content.attachments.map(({ mediaType, relationship }, index) => {
    const bytes = document.slot((content) => embeddedFile(attachmentAt(content, index), mediaType, content));
    return document.slot((content) => {
      const { name, description } = attachmentAt(content, index);
      const about = description === undefined ? '' : `/Desc${textString(description)}`;
      return {
        text: `<</Type/Filespec/AFRelationship/${relationship}/F(${plain(name)})/UF${textString(name)}${about}/EF<</F ${bytes}/UF ${bytes}>>>>`,
      };
    });
  });
  document.inCatalog('AF', `[${files.join(' ')}]`);
  const names = document.slot(({ attachments }) => {
    const byName = attachments.map(({ name }, index) => ({ name, file: files[index] }));
    byName.sort((one, other) => (one.name < other.name ? -1 : 1));
    return { text: `<</Names[${byName.map(({ name, file = '' }) => `(${plain(name)})${file}`).join(' ')}]>>` };
  });
  document.inNames('EmbeddedFiles', names);
}

function embeddedFile({ bytes }: PdfAttachment, mediaType: string, { description }: PdfContent): Body {
  const date = dateString(description.createdAt);
  return compressed(
    `/Type/EmbeddedFile/Subtype/${nameOf(mediaType)}/Params<</Size ${bytes.length}/CreationDate${date}/ModDate${date}>>`,
    bytes,
  );
}

function attachmentAt({ attachments }: PdfContent, index: number): PdfAttachment {
  const attachment = attachments[index];
  if (attachment === undefined) {
    throw new Error('The document has fewer attachments than its template');
  }
  return attachment;
}

/** File names are ours: letters, digits, dots. */
function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]/g, '_');
}
