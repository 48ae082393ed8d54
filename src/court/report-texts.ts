import { toChinaTime } from '../kernel/index.js';
import type { EvidenceAnchor, Verdict } from '../proof/index.js';
import { factText } from '../proof/fact-texts/index.js';
import type { AskedChain, Examination } from './court-package.js';

export type Paragraph = { readonly style: 'title' | 'heading' | 'text' | 'english'; readonly text: string };
type ReportedDocument = Examination['documents'][number];

const VERDICTS: Readonly<Record<Verdict, readonly [string, string]>> = {
  valid: ['查验的各项均成立。', 'All that was checked holds.'],
  pending: ['尚未上链：区块链目前不能证明任何事项。', 'Not on the chain yet: so far the chain proves nothing.'],
  'not-valid': ['至少一项不成立，见下。', 'At least one of the checks fails, see below.'],
  'cannot-tell': ['至少一项未能查明，见下。', 'At least one of the checks could not be made, see below.'],
};
const OUTCOMES = {
  holds: ['成立', 'holds'],
  fails: ['不成立', 'fails'],
  unknown: ['未查明', 'not known'],
  'not-applicable': ['不适用', 'not applicable'],
} as const;

/** Says what was checked and what came of it, and nothing else: never that a document is true. */
export function reportParagraphs(examination: Examination): Paragraph[] {
  const { at, program, chains, documents } = examination;
  return [
    { style: 'title', text: '查验报告 Examination report' },
    ...both(
      `由程序 ${program} 于 ${toChinaTime(at)}（北京时间）制作，查验文件 ${documents.length} 份。本报告只陈述程序查验了什么、结果如何；每一项都可用附带资料独立重做。`,
      `Made by the program ${program} at ${toChinaTime(at)} (China time) on ${documents.length} document(s). It states only what the program checked and what came of it; each check can be made again from what is enclosed, by anybody.`,
    ),
    ...chains.flatMap(chainParagraphs),
    { style: 'heading', text: '范围 Scope' },
    ...both(
      '上链后：查验一致的，表明文件最迟在锚定区块的时间已经存在，其后未被改动（《人民法院在线诉讼规则》第十六条；有相反证据足以推翻的除外）。',
      'After anchoring: where the checks hold, the document existed no later than the time of its block and was not changed since (Online Litigation Rules of the People’s Courts, article 16; unless disproved).',
    ),
    ...both(
      '上链前：内容是否属实、何时形成，不在查验之列；存证平台的资质、中立性、安全性与上链前的真实性，依第十七条、第十八条另行审查。下列“上链前”各项仅为记录。',
      'Before anchoring: whether what a document says is true, and when it came about, was not examined; articles 17 and 18 have the platform and the truth before anchoring judged separately. What is listed as “before anchoring” is a record only.',
    ),
    ...documents.flatMap(documentParagraphs),
  ];
}

function both(zh: string, en: string): Paragraph[] {
  return [
    { style: 'text', text: zh },
    { style: 'english', text: en },
  ];
}

function chainParagraphs({ chainId, head }: AskedChain): Paragraph[] {
  return head === null
    ? both(`区块链 ${chainId}：制作时联系不上。`, `Chain ${chainId}: could not be reached when this was made.`)
    : both(
        `区块链 ${chainId}：查询时最新区块 ${head.number}，哈希 ${head.hash}。`,
        `Chain ${chainId}: newest block when it was asked ${head.number}, hash ${head.hash}.`,
      );
}

function documentParagraphs(document: ReportedDocument, index: number): Paragraph[] {
  const { number, title, report, docId, documentAddress, folder } = document;
  const [zh, en] = VERDICTS[report.verdict];
  return [
    { style: 'heading', text: `${index + 1}. ${title.zh} ${title.en} · ${number}` },
    { style: 'text', text: `结果 Result：${zh}` },
    { style: 'english', text: en },
    { style: 'text', text: `文件夹 Folder：${folder}\n文档摘要 docId：${docId}\n链上地址 Address：${documentAddress}` },
    ...report.facts.flatMap((fact): Paragraph[] => {
      const text = factText(fact);
      const [outcomeZh, outcomeEn] = OUTCOMES[fact.outcome];
      return both(`【${outcomeZh}】${text.zh}`, `[${outcomeEn}] ${text.en} (${fact.code})`);
    }),
    ...afterAnchoring(document),
    ...beforeAnchoring(document),
  ];
}

function afterAnchoring({ leaf, anchors }: ReportedDocument): Paragraph[] {
  if (anchors.length === 0) {
    return both('上链后：尚无锚定。', 'After anchoring: there is no anchor yet.');
  }
  const places = anchors.map(placeText).join('\n');
  return [
    { style: 'text', text: `上链后 After anchoring：存证摘要 leaf ${leaf ?? ''}\n${places}` },
    { style: 'english', text: 'One line for each anchor, of the document first, then of its later events.' },
  ];
}

function placeText({
  chainId,
  blockNumber,
  blockHash,
  blockTime,
  transactionHash,
  root,
  state,
}: EvidenceAnchor): string {
  const time = blockTime === null ? '?' : toChinaTime(new Date(blockTime));
  return `${chainId} · 区块 Block ${blockNumber ?? '?'} ${blockHash ?? ''} · ${time} · 交易 Tx ${transactionHash ?? '?'} · root ${root} · ${state}`;
}

function beforeAnchoring({ issuer, issuedAt, report }: ReportedDocument): Paragraph[] {
  // Absent when the record cannot be read: then nobody says that a mandate stands behind it.
  const isSample = report.document?.issuer.mandate !== 'state';
  return [
    ...(isSample
      ? both('示例/非法定票据：没有法定授权登记在案。', 'SAMPLE: no legal mandate of the issuer is on record.')
      : []),
    ...record(issuer, issuedAt),
  ];
}

function record(issuer: string, issuedAt: Date): Paragraph[] {
  return both(
    `上链前（仅为记录，未经查验）：开具方 ${issuer}；记录的开具时间 ${toChinaTime(issuedAt)}；签名证书见 certificates/。`,
    `Before anchoring (a record, not examined): issued by ${issuer}; recorded time of issue ${toChinaTime(issuedAt)}; signing certificates in certificates/.`,
  );
}
