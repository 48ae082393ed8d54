import { SIGNATURE_TEXTS } from './signature-texts.js';
import type { Fact, Outcome } from '../verdict.js';
import { STATUS_TEXTS } from './status-texts.js';

export type Bilingual = { readonly zh: string; readonly en: string };

/** Every code that verification can answer with, as a sentence for people. A test compares the list with the code. */
export const FACT_TEXTS = {
  'integrity.holds': {
    zh: '文件的每一项内容都与开具时相同。',
    en: 'Every field of the document is what it was when it was issued.',
  },
  'integrity.changed': {
    zh: '文件内容在开具之后被改动过。',
    en: 'The content of the document was changed after it was issued.',
  },
  'integrity.pdf-holds': {
    zh: '您提交的 PDF 与开具时的文件逐字节相同。',
    en: 'The PDF you gave is, byte for byte, the file that was issued.',
  },
  'integrity.pdf-changed': {
    zh: '您提交的 PDF 不是开具时的那个文件：它在开具之后被改动过，或是另行制作的（标有「已撤销」等字样的副本也不是原件）。真正开具的内容以本页所列为准。',
    en: 'The PDF you gave is not the file that was issued: it was altered afterwards, or made apart from it, as a copy marked with its status is. What was really issued is listed on this page.',
  },
  'integrity.pdf-prefix-changed': {
    zh: '您提交的 PDF 带有上链标记，但其中开具的部分与开具时的文件不同：内容在开具之后被改动过，或标记是从另一份文件上移来的。',
    en: 'The PDF you gave bears a stamp, but the issued part of it is not what was issued: it was altered afterwards, or the stamp was taken from another file.',
  },
  'integrity.append-holds': {
    zh: '开具的文件之后只追加了上链标记，标记与按规则重新生成的逐字节相同。',
    en: 'Nothing follows the issued file but its stamp, which is, byte for byte, the one that belongs there.',
  },
  'integrity.append-changed': {
    zh: '开具的部分之后追加的上链标记不是应有的那一个：标记被改动、截断或伪造。',
    en: 'The stamp that follows the issued part is not the one that belongs there: it was altered, cut off or forged.',
  },
  'integrity.bytes-after-append': {
    zh: '在开具的文件及其上链标记之后，又有人追加了内容。追加的内容不是开具方的。',
    en: 'Something was added after the issued file and its stamp. It does not come from the issuer.',
  },
  'integrity.bytes-after-issue': {
    zh: '在开具的文件之后，有人追加了内容。追加的内容不是开具方的。',
    en: 'Something was added after the issued file. It does not come from the issuer.',
  },
  'integrity.attachment-changed': {
    zh: 'PDF 中附带的数据与存证的数据不一致。',
    en: 'The data attached to the PDF is not the data that was recorded.',
  },
  'integrity.not-wholly-signed': {
    zh: 'PDF 中的签名没有覆盖整个开具的文件。',
    en: 'The signature in the PDF does not cover the whole of the issued file.',
  },
  'integrity.not-an-anchored-copy': {
    zh: '该 PDF 没有上链标记，单凭文件本身无法查验，请同时提交证据包。',
    en: 'This PDF bears no stamp, so it cannot be checked by itself: hand in its evidence bundle too.',
  },
  'integrity.marked-copy': {
    zh: '您提交的 PDF 是本服务为该文件出具的、标明其现状的副本，不是开具时的原件。',
    en: 'The PDF you gave is the copy that this service makes of the document with its present status across it; it is not the file that was issued.',
  },
  'integrity.pdf-not-given': {
    zh: '没有提交 PDF。如需确认手中的文件未被改动，请提交该 PDF，或与本页所列内容逐项核对。',
    en: 'No PDF was handed in. To learn whether the file in your hands is unchanged, hand in the PDF, or compare it with what is listed on this page.',
  },
  'integrity.not-a-document': {
    zh: '这个文件既不是 PDF，也不是证据包或 OpenAttestation 文件，无从查验。',
    en: 'This file is neither a PDF nor an evidence bundle nor an OpenAttestation document, so there is nothing to check.',
  },
  'integrity.foreign-pdf': {
    zh: '这个 PDF 不带有可供查验的标记：它不是这样开具的文件，或已损坏到无法辨认，因此无法判断。',
    en: 'This PDF has nothing in it that could be checked: it was not issued this way, or is damaged beyond recognition.',
  },
  'integrity.incomplete-pdf': {
    zh: '这个 PDF 不完整：文件在结尾之前中断，多半是下载或传输时断开的。请重新下载，或向交给您的人重新索取。',
    en: 'This PDF is incomplete: it breaks off before its end, most likely because a download did not finish. Download it again, or ask whoever sent it for the whole file.',
  },
  'integrity.pending': {
    zh: '文件已开具并保存，PDF 正在制作中。',
    en: 'The document is issued and stored; its PDF is still being made.',
  },
  'integrity.malformed': {
    zh: '所提交的证据不是可验证的文件格式。',
    en: 'What was handed in is not a document that can be verified.',
  },
  'integrity.envelope-field-hidden': {
    zh: '验证所需的字段被隐去，无法判断内容是否完整。',
    en: 'A field that is needed for verification was hidden, so nothing can be said about the rest.',
  },
  'integrity.doc-id-mismatch': {
    zh: '文件内容与其文件标识（docId）不一致。',
    en: 'The content does not match the document’s identifier (docId).',
  },
  'integrity.address-mismatch': {
    zh: '文件地址不是由该文件的内容和开具方推算得出的。',
    en: 'The document address does not follow from this content and this issuer.',
  },
  'integrity.bundle-mismatch': {
    zh: '证据包外层所写与文件本身不一致。',
    en: 'The evidence bundle says something else than the document inside it.',
  },
  'integrity.record-unreadable': {
    zh: '本服务保存的记录无法解密或已损坏，因此无法判断；这不代表文件是假的。',
    en: 'The record kept here cannot be read, so nothing can be said. This does not mean that the document is false.',
  },
  'integrity.events-hold': {
    zh: '证据所列的后续事项前后相连，均未被改动；尚未上链的，在“经过”中另行标明。',
    en: 'The later events that the evidence lists follow one another and are unchanged; those not on the blockchain yet are marked under “What happened to it”.',
  },
  'integrity.event-refuted': {
    zh: '证据所列的一项后续事项不成立：它被改动过、被调换过，或不属于该文件。',
    en: 'One of the later events that the evidence lists does not hold: it was changed, moved or taken from another document.',
  },
  'integrity.event-not-known': {
    zh: '证据所列的一项后续事项未能查证；这不代表它是假的。',
    en: 'One of the later events that the evidence lists could not be checked. This does not mean that it is false.',
  },
  'integrity.event-holds': {
    zh: '该事项的内容与登记时相同，并与前一事项相连。',
    en: 'The event says what was recorded, and follows the one before it.',
  },
  'integrity.event-changed': {
    zh: '该事项的内容在登记之后被改动过。',
    en: 'The content of the event was changed after it was recorded.',
  },
  'integrity.event-malformed': {
    zh: '该事项所附的数据不是事项的格式。',
    en: 'What is given as the content of the event is not that of an event.',
  },
  'integrity.event-foreign': {
    zh: '该事项属于另一份文件。',
    en: 'The event is of another document.',
  },
  'integrity.event-mismatch': {
    zh: '证据包所写的该事项与其内容不一致。',
    en: 'The evidence bundle says something else of the event than its content.',
  },
  'integrity.event-not-linked': {
    zh: '该事项不是接在所列的前一事项之后。',
    en: 'The event does not follow the one that is listed before it.',
  },
  'integrity.event-out-of-order': {
    zh: '所列事项缺号、重复或次序颠倒。',
    en: 'The events listed have a gap, a repetition or another order.',
  },
  'integrity.event-data-missing': {
    zh: '证据包没有附上该事项的内容，无法核对。',
    en: 'The evidence bundle lacks the content of the event, so it cannot be checked.',
  },
  ...SIGNATURE_TEXTS,
  'inclusion.holds': {
    zh: '该文件的指纹确实包含在已公布的批次之中。',
    en: 'The fingerprint of this document is part of the published batch.',
  },
  'inclusion.pending': {
    zh: '文件正在等待归入批次。',
    en: 'The document is waiting for its batch.',
  },
  'inclusion.proof-broken': {
    zh: '证明路径不成立：该文件不在所称的批次之中。',
    en: 'The proof does not lead to the batch it names: the document is not part of it.',
  },
  'inclusion.doc-id-not-paired': {
    zh: '证明没有与该文件的标识配对，不能用于该文件。',
    en: 'The proof is not paired with this document’s identifier and does not count for it.',
  },
  'inclusion.anchor-mismatch': {
    zh: '证明与所列的区块链存证对不上。',
    en: 'The proof does not fit the anchors that are listed.',
  },
  'anchor.holds': {
    zh: '刚刚查询了区块链：批次的指纹记录在开具方的合约里。',
    en: 'The blockchain was asked just now: the batch is recorded in the issuer’s contract.',
  },
  'anchor.stamp-holds': {
    zh: '刚刚查询了区块链：标记所写的区块、时间和交易与链上一致。',
    en: 'The blockchain was asked just now: block, time and transaction on the stamp are right.',
  },
  'anchor.stamp-mismatch': {
    zh: '标记所写的区块、时间或交易与链上不一致：标记是伪造的，或是在区块链重组之前制作的。请向开具方重新获取上链版文件。',
    en: 'Block, time or transaction on the stamp are not what the blockchain says: the stamp was forged, or made before the chain was reorganised. Ask the issuer for the stamped file anew.',
  },
  'anchor.stamp-unreachable': {
    zh: '暂时联系不上区块链，未能核对标记所写的区块和时间，请稍后再试。',
    en: 'The blockchain could not be reached, so block and time on the stamp were not compared; try again later.',
  },
  'anchor.stamp-disagreement': {
    zh: '所询问的各个节点对标记所写的区块、时间或交易说法不一，无法判断该相信哪一个。',
    en: 'The nodes that were asked say different things about block, time or transaction on the stamp, so none of them was believed.',
  },
  'anchor.stamp-not-asked': {
    zh: '离线查验，未查询区块链：标记所写的区块、时间和交易未经核对。',
    en: 'Checked offline, so the blockchain was not asked: block, time and transaction on the stamp were not compared.',
  },
  'anchor.stamp-not-checked': {
    zh: '没有可用来查询标记所写的区块链的节点，未能核对区块和时间。',
    en: 'The stamp names a blockchain that cannot be asked from here, so block and time were not compared.',
  },
  'anchor.pending': {
    zh: '指纹尚未写入区块链，正在处理，不是错误。',
    en: 'The fingerprint is not on the blockchain yet. It is on its way; this is not an error.',
  },
  'anchor.unreachable': {
    zh: '暂时联系不上区块链，未能查询；这不代表没有存证，请稍后再试。',
    en: 'The blockchain could not be reached, so it was not asked. This does not mean that nothing is there; try again later.',
  },
  'anchor.disagreement': {
    zh: '所询问的各个节点对存证的说法不一，无法判断该相信哪一个；请换用其他节点再试。',
    en: 'The nodes that were asked say different things about the anchor, so none of them was believed; try again with other nodes.',
  },
  'anchor.not-asked': {
    zh: '离线查验，未查询区块链：不知道批次的指纹是否记录在开具方的合约里。',
    en: 'Checked offline, so the blockchain was not asked whether the issuer’s contract holds this batch.',
  },
  'anchor.node-behind': {
    zh: '所询问的节点还没有同步到文件所写的区块，无法判断；请稍后再试，或换用其他节点。',
    en: 'The nodes that were asked have not come as far as the block that the document names; try again later, or with other nodes.',
  },
  'anchor.stamp-node-behind': {
    zh: '所询问的节点还没有同步到标记所写的区块，未能核对。',
    en: 'The nodes that were asked have not come as far as the block on the stamp, so it was not compared.',
  },
  'anchor.chain-not-known': {
    zh: '没有可用来查询存证所在的区块链的节点。',
    en: 'The anchor is on a blockchain that cannot be asked from here.',
  },
  'anchor.no-store': {
    zh: '区块链上不存在所称的开具方合约。',
    en: 'There is no such issuer’s contract on the blockchain.',
  },
  'anchor.not-anchored': {
    zh: '刚刚查询了区块链：开具方的合约里没有这个批次。',
    en: 'The blockchain was asked just now: the issuer’s contract does not hold this batch.',
  },
  ...STATUS_TEXTS,
  'issuer.holds': {
    zh: '开具方的合约属于登记在册的该机构。',
    en: 'The contract belongs to the organisation that is registered as the issuer.',
  },
  'issuer.domain-holds': {
    zh: '文件所写的域名公开声明该合约归其所有。域名属于哪个机构，请自行确认。',
    en: 'The domain that the document names says publicly that this contract is its own. Whose domain that is, see for yourself.',
  },
  'issuer.certificate-holds': {
    zh: 'PDF 由您所信任的机构签发的证书签名，证书所写的名称就是开具方，所签文件写有该文件地址。',
    en: 'The PDF was signed with a certificate of an authority that you trust. The certificate names the issuer, and what was signed names this document’s address.',
  },
  'issuer.domain-silent': {
    zh: '文件所写的域名没有公布任何合约，无法据此确认开具方。',
    en: 'The domain that the document names publishes no contract, so it does not confirm the issuer.',
  },
  'issuer.not-checked': {
    zh: '没有可用来确认该合约所有者的名录、域名或证书，无法确认开具方。',
    en: 'No register, domain or certificate told whose contract this is, so the issuer could not be confirmed.',
  },
  'issuer.unreachable': {
    zh: '暂时无法查询开具方名录或域名，请稍后再试。',
    en: 'The register of issuers, or the issuer’s domain, could not be asked; try again later.',
  },
  'issuer.unknown': {
    zh: '该合约不属于登记在册的开具方。',
    en: 'The contract does not belong to the registered issuer.',
  },
  'issuer.store-mismatch': {
    zh: '存证所在的合约不是文件所写开具方的合约。',
    en: 'The anchor is in another contract than the one that the document names.',
  },
  'issuer.name-mismatch': {
    zh: '文件所写的开具方名称与登记不符。',
    en: 'The document names the issuer differently from the register.',
  },
  'issuer.domain-mismatch': {
    zh: '文件所写的开具方域名与登记不符。',
    en: 'The document names another domain of the issuer than the register.',
  },
  'document.no-match': {
    zh: '没有找到与所填号码和内容都相符的文件。请与票面逐项核对后再试。',
    en: 'There is no document with this number and these details. Compare each with the paper and try again.',
  },
  'document.not-issued-here': {
    zh: '本服务没有开具过这份文件。它可能由其他机构开具，因此无法判断真伪。',
    en: 'This document was not issued here. Somebody else may have issued it, so nothing can be said about it.',
  },
} as const satisfies Record<string, Bilingual>;

export type FactCode = keyof typeof FACT_TEXTS;

const ANY: Readonly<Record<Outcome, Bilingual>> = {
  holds: { zh: '通过。', en: 'This holds.' },
  fails: { zh: '不通过。', en: 'This does not hold.' },
  unknown: { zh: '目前未知。', en: 'This is not known at present.' },
  'not-applicable': { zh: '不适用。', en: 'This does not apply.' },
};

/** A sentence for any fact: a code that this page does not know yet still has an outcome. */
export function factText({ code, outcome }: Pick<Fact, 'code' | 'outcome'>): Bilingual {
  return Object.hasOwn(FACT_TEXTS, code) ? FACT_TEXTS[code as FactCode] : ANY[outcome];
}
