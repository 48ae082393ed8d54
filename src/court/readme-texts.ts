const VERIFIER_ZH = `查验程序在 verifier/ 中，需 Node.js 20.19 或更高版本，无需安装、无需账户。请自行选择区块链节点：

    node verifier/chopmark-verify.mjs documents/*/*.pdf documents/*/evidence.json --rpc https://您信任的节点

    # 不联网（只查文件与证明，说明哪些问题未能询问）：
    node verifier/chopmark-verify.mjs documents/*/*.pdf documents/*/evidence.json --offline`;
const VERIFIER_EN = `The verifier is in verifier/. It needs Node.js 20.19 or later, nothing installed and no account. Choose a node of the chain yourself:

    node verifier/chopmark-verify.mjs documents/*/*.pdf documents/*/evidence.json --rpc https://a-node-you-trust

    # Without network (files and proofs only; says what it could not ask):
    node verifier/chopmark-verify.mjs documents/*/*.pdf documents/*/evidence.json --offline`;
const WITHOUT_ZH = `本证据包未附查验程序：制作时服务端没有已构建的程序。请另行取得 chopmark-verify，对 documents 文件夹运行。`;
const WITHOUT_EN = `The verifier is not in this package: none was built where it was made. Get chopmark-verify elsewhere and run it on the folder documents.`;

/** What the package is and how to check it, for a judge's expert who has never heard of us. */
export function readmeZh(isVerifierInside: boolean): string {
  return `# 证据包说明

| 路径 | 内容 |
| --- | --- |
| report.pdf | 查验报告：只写查验了什么、何时、用何版本程序、对照哪条链的哪个区块 |
| documents/…/issued.pdf | 开具时的原始 PDF（含签名） |
| documents/…/anchored.pdf | 同一文件，其后追加了上链标记；未上链的没有 |
| documents/…/content.json | 文件所载内容（规范 JSON，RFC 8785） |
| documents/…/evidence.json | 证据：加盐内容、默克尔证明、锚定位置 |
| documents/…/events.json | 事件记录，逐条含前一条的摘要 |
| chain/…/block-….json | 锚定所在区块的区块头：各字段 RLP 编码后的 keccak-256 即区块哈希 |
| chain/…/receipt-….json | 锚定交易的回执与日志 |
| certificates/ | 开具方的签名证书及其上级证书（PEM） |
| SHA256SUMS | 上述每个文件的 SHA-256 |

## 核对

    sha256sum -c SHA256SUMS

${isVerifierInside ? VERIFIER_ZH : WITHOUT_ZH}

## 证明什么，不证明什么

《人民法院在线诉讼规则》（2021 年 8 月 1 日起施行）第十六条：区块链技术存储的电子数据，经技术核验一致的，可以认定上链后未经篡改，但有相反证据足以推翻的除外。第十七条、第十八条：存证平台的资质、中立性与系统安全，以及**上链前**数据的真实性，另行审查。

- **上链后**：证明文件最迟在锚定区块的时间已经存在，其后未被改动。
- **上链前**：不证明内容属实，也不证明开具的时间。谁开具、以哪张证书签名，报告另列，供审查。
- 本服务没有询问任何国家平台。回执由节点提供，区块头可自行核算；该区块是否在链上，请向您信任的节点查询。
- 证据中没有列出事件，不等于没有发生：是否撤销，以链上查询为准。
`;
}

export function readmeEn(isVerifierInside: boolean): string {
  return `# What this package holds

| path | content |
| --- | --- |
| report.pdf | the report: only what was checked, when, by which version of the program, against which chain and block |
| documents/…/issued.pdf | the PDF as it was issued, signed |
| documents/…/anchored.pdf | the same file with its stamp after it; not of a document that is not on the chain yet |
| documents/…/content.json | what the document says (canonical JSON, RFC 8785) |
| documents/…/evidence.json | the evidence: salted content, Merkle proofs, where they are anchored |
| documents/…/events.json | what happened, each event with the digest of the one before |
| chain/…/block-….json | the header of each block that holds an anchor: the keccak-256 of the RLP of its fields is its hash |
| chain/…/receipt-….json | the receipt of each anchoring transaction with its logs |
| certificates/ | the issuer's signing certificates with those above them (PEM) |
| SHA256SUMS | the SHA-256 of each of these files |

## To check it

    sha256sum -c SHA256SUMS

${isVerifierInside ? VERIFIER_EN : WITHOUT_EN}

## What it proves, and what it does not

Online Litigation Rules of the People's Courts (in force 2021-08-01), article 16: data stored with blockchain technology that passes technical comparison may be held not to have been tampered with after it was put on the chain, unless evidence to the contrary disproves it. Articles 17 and 18: qualification, neutrality and security of the platform, and whether the data was true **before** it was put on the chain, are judged separately.

- **After anchoring**: the document existed no later than the time of the anchoring block, and was not changed since.
- **Before anchoring**: that what it says is true is not proved, nor the time of issue. Who issued it, and with which certificate it was signed, the report lists apart.
- No state platform was asked. Receipts are a node's word; headers can be computed again; whether the block is on the chain, ask a node that you trust.
- That no event is listed does not say that none happened: whether a document was revoked, the chain tells.
`;
}
