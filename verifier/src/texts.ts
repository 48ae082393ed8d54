import type { ExhibitKind, Outcome, Verdict } from '../../src/proof/index.js';
import type { FactLanguage } from '../../src/proof/fact-texts/index.js';
import type { Unread } from './pile.js';

/** One text in every language of the command. */
export type Words = Readonly<Record<FactLanguage, string>>;

/** What the command says besides facts. */
export const VERDICTS: Readonly<Record<Verdict, Words>> = {
  valid: {
    zh: '有效：由所列开具方开具，未被改动，已上链，仍然有效。',
    'zh-TW': '有效：由所列開立方開立，未經更動，已上鏈，仍然有效。',
    en: 'Valid: issued by the issuer named below, unchanged, on the blockchain, and in force.',
  },
  pending: {
    zh: '等待上链：没有发现问题，但区块链上还没有它，请稍后再查。',
    'zh-TW': '等待上鏈：沒有發現問題，但區塊鏈上還沒有它，請稍後再查。',
    en: 'Pending: nothing is wrong, but the blockchain does not hold it yet; check again later.',
  },
  'not-valid': { zh: '无效：', 'zh-TW': '無效：', en: 'Not valid: ' },
  'cannot-tell': { zh: '无法判断：', 'zh-TW': '無法判斷：', en: 'Cannot tell: ' },
};

export const VERDICT_NAMES: Readonly<Record<Verdict | 'unread', Words>> = {
  valid: { zh: '有效', 'zh-TW': '有效', en: 'valid' },
  pending: { zh: '等待上链', 'zh-TW': '等待上鏈', en: 'pending' },
  'not-valid': { zh: '无效', 'zh-TW': '無效', en: 'not valid' },
  'cannot-tell': { zh: '无法判断', 'zh-TW': '無法判斷', en: 'cannot tell' },
  unread: { zh: '未能读取', 'zh-TW': '未能讀取', en: 'not read' },
};

export const MARKS: Readonly<Record<Outcome, string>> = { holds: '✓', fails: '✗', unknown: '?', 'not-applicable': '–' };

export const KINDS: Readonly<Record<ExhibitKind, Words>> = {
  'anchored-copy': { zh: '上链版 PDF', 'zh-TW': '上鏈版 PDF', en: 'anchored PDF' },
  'issued-pdf': { zh: '开具的 PDF', 'zh-TW': '開立的 PDF', en: 'issued PDF' },
  'foreign-pdf': { zh: '其他 PDF', 'zh-TW': '其他 PDF', en: 'other PDF' },
  'incomplete-pdf': { zh: '不完整的 PDF', 'zh-TW': '不完整的 PDF', en: 'incomplete PDF' },
  bundle: { zh: '证据包', 'zh-TW': '證據包', en: 'evidence bundle' },
  'oa-document': { zh: 'OpenAttestation 文件', 'zh-TW': 'OpenAttestation 文件', en: 'OpenAttestation document' },
  unreadable: { zh: '无法识别的文件', 'zh-TW': '無法辨識的檔案', en: 'unknown file' },
};

export const UNREAD: Readonly<Record<Unread['why'], Words>> = {
  'not-there': { zh: '没有这个文件', 'zh-TW': '沒有這個檔案', en: 'there is no such file' },
  unreadable: { zh: '文件无法打开', 'zh-TW': '檔案無法開啟', en: 'the file cannot be opened' },
  'too-large': { zh: '过大，未读取', 'zh-TW': '過大，未讀取', en: 'too large to be read' },
  'too-many': {
    zh: '压缩包里的文件过多，未读取',
    'zh-TW': '壓縮檔裡的檔案過多，未讀取',
    en: 'the archive lists too many files',
  },
  'too-deep': {
    zh: '文件夹层次过深，未读取',
    'zh-TW': '資料夾層次過深，未讀取',
    en: 'the folders are nested too deep',
  },
  'named-twice': {
    zh: '压缩包里有同名文件，只读取了第一个',
    'zh-TW': '壓縮檔裡有同名檔案，只讀取了第一個',
    en: 'the archive names it twice; only the first was read',
  },
  'bad-archive': {
    zh: '压缩包已损坏，或不是 ZIP',
    'zh-TW': '壓縮檔已損壞，或不是 ZIP',
    en: 'the archive is damaged, or no ZIP',
  },
  'nested-archive': {
    zh: '压缩包里的压缩包，未读取',
    'zh-TW': '壓縮檔裡的壓縮檔，未讀取',
    en: 'an archive inside an archive is not read',
  },
  link: { zh: '链接，未跟随', 'zh-TW': '連結，未跟隨', en: 'a link; not followed' },
};

export const WORDS = {
  issuer: { zh: '开具方', 'zh-TW': '開立方', en: 'issuer' },
  number: { zh: '号码', 'zh-TW': '號碼', en: 'number' },
  address: { zh: '文件地址', 'zh-TW': '文件位址', en: 'address' },
  duplicate: { zh: '与此文件是同一份：', 'zh-TW': '與此檔案是同一份：', en: 'the same document as ' },
  passedOver: {
    zh: '个其他类型的文件未查验',
    'zh-TW': '個其他類型的檔案未查驗',
    en: 'files of other sorts were not looked at',
  },
  nothing: { zh: '没有可查验的文件。', 'zh-TW': '沒有可查驗的檔案。', en: 'There was nothing to check.' },
  total: { zh: '合计', 'zh-TW': '合計', en: 'total' },
  duplicates: { zh: '其中重复', 'zh-TW': '其中重複', en: 'of them duplicates' },
  offline: {
    zh: '离线查验：没有询问任何节点、域名或服务。未能查询的内容已逐项列出（?）。',
    'zh-TW': '離線查驗：沒有詢問任何節點、網域或服務。未能查詢的內容已逐項列出（?）。',
    en: 'Checked offline: no node, domain or service was asked. What could not be asked is marked with "?" above.',
  },
  tryNodes: {
    zh: '请检查 --rpc 后的节点地址和网络。',
    'zh-TW': '請檢查 --rpc 後的節點網址和網路。',
    en: ' See to the addresses after --rpc and to your network.',
  },
  asked: { zh: '询问的节点', 'zh-TW': '詢問的節點', en: 'nodes asked' },
} as const satisfies Record<string, Words>;

/** What the details of facts are called in the two kinds of Chinese; in English by the name that they have in JSON. */
export const DETAILS: Readonly<Record<string, readonly [zh: string, zhTw: string]>> = {
  ageSeconds: ['已过秒数', '已過秒數'],
  algorithm: ['算法', '演算法'],
  at: ['时间', '時間'],
  chainId: ['链', '鏈'],
  domain: ['域名', '網域'],
  fingerprint: ['证书指纹', '憑證指紋'],
  hash: ['撤销的指纹', '撤銷的指紋'],
  listedAt: ['清单时间', '清單時間'],
  paths: ['字段', '欄位'],
  reason: ['原因', '原因'],
  root: ['根', '根'],
  seq: ['序号', '序號'],
  signer: ['签名者', '簽章者'],
  store: ['合约', '合約'],
  timestamp: ['时间戳', '時間戳記'],
  transactionHash: ['交易', '交易'],
  validUntil: ['有效至', '有效至'],
};

export const NODE_STATES = {
  answers: { zh: '', 'zh-TW': '', en: '' },
  silent: { zh: '没有回答', 'zh-TW': '沒有回答', en: 'did not answer' },
  'serves-another-chain': { zh: '是另一条链的节点', 'zh-TW': '是另一條鏈的節點', en: 'serves another chain' },
} as const satisfies Record<string, Words>;

export const HELP = `chopmark-verify FILE… --rpc URL [--rpc URL…]      check against the chain
chopmark-verify FILE… --offline                   check what needs no network

Checks PDFs, evidence bundles and OpenAttestation documents (.pdf .json .tt .oa), and ZIPs and folders of them.
The files stay on this machine; only the nodes you name are asked, and DNS for an issuer's domain.
查验 PDF、证据包和 OpenAttestation 文件，以及含有这些文件的 ZIP 和文件夹。文件不离开本机。

  --rpc URL            a node of the chain (JSON-RPC); of several, more than half must say the same.
                       eip155:1=URL says which chain it is to serve
  --offline            ask nobody; says of each question that it was not asked
  --issuers FILE       a list of issuers to trust: [{"store": "0x…", "name": "…", "domain": "…"}]
  --dns URL            DNS over HTTPS (JSON) for the issuer's domain; otherwise the resolver of this system
  --trust-ca FILE      an authority whose certificates to trust (PEM or DER)
  --status-list FILE|URL   a signed status list, for when the chain cannot be asked; needs --trust-ca
  --facts              facts of every file; otherwise, of more than 20, of those that are not valid
  --json               one JSON object instead of text
  --lang zh|zh-TW|en   language of the text
  --timeout SECONDS    patience with a node (10)

Exit code 返回值: 0 all valid 全部有效 · 1 at least one not valid 有无效的 · 2 none not valid, and at least one cannot be
told, is pending or could not be read 有无法判断、等待上链或未能读取的 · 64 the command line cannot be understood 命令有误
`;
