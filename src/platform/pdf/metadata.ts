import type { KitDocument } from './kit-document.js';
import type { PdfContent } from './pdf-content.js';
import { dateString, textString } from './pdf-text.js';
import { stream, type Body } from './slots.js';
import { srgbProfile } from './srgb-profile.js';

const CREATOR = 'Chopmark';
const PRODUCER = 'Chopmark (pdfkit)';

/** What the file says of itself outside its pages; the same in the information dictionary and in XMP. */
export function informationOf({ description }: PdfContent): Body {
  const { title, documentAddress, createdAt } = description;
  const date = dateString(createdAt);
  return {
    text: `<</Title${textString(title)}/Keywords${textString(documentAddress)}/Creator(${CREATOR})/Producer${textString(PRODUCER)}/CreationDate${date}/ModDate${date}>>`,
  };
}

/** XMP metadata and the output intent, as PDF/A-3 demands them (ISO 19005-3, 6.2.3 and 6.6.2). */
export function addMetadata(document: KitDocument): void {
  const metadata = document.slot((content) =>
    stream('/Type/Metadata/Subtype/XML', new TextEncoder().encode(xmpOf(content))),
  );
  document.inCatalog('Metadata', metadata);
  const { text, data } = stream('/N 3', srgbProfile());
  const profile = document.fixed(text, data);
  const intent = document.packedObject(
    `<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile ${profile}>>`,
  );
  document.inCatalog('OutputIntents', `[${intent}]`);
}

/** Claims PDF/A-3a, which includes 3b and 3u, and PDF/UA-1; the latter needs its schema described to be allowed in PDF/A. */
const CLAIMS = `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>`;

const HEAD = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
${CLAIMS}
`;
const TAIL = `
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;

function xmpOf({ description }: PdfContent): string {
  const date = `${description.createdAt.toISOString().slice(0, 19)}Z`;
  const title = escaped(description.title);
  return `${HEAD}<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title><xmp:CreatorTool>${CREATOR}</xmp:CreatorTool><xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate><pdf:Producer>${PRODUCER}</pdf:Producer><pdf:Keywords>${escaped(description.documentAddress)}</pdf:Keywords></rdf:Description>${TAIL}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(value: string): string {
  return /[&<>]/.test(value) ? value.replaceAll(/[&<>]/g, (character) => ENTITIES[character] ?? '') : value;
}
