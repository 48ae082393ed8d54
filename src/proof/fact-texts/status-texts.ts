/** What the facts about the status of a document say to people: part of `FACT_TEXTS`. */
export const STATUS_TEXTS = {
  'status.holds': {
    zh: '开具方没有撤销该文件。',
    en: 'The issuer has not revoked the document.',
  },
  'status.revoked': {
    zh: '开具方已在区块链上撤销该文件。',
    en: 'The issuer has revoked the document on the blockchain.',
  },
  'status.red-lettered': {
    zh: '该发票已被红字发票全额冲销，不再有效。',
    en: 'A red-letter invoice has reversed the whole of this invoice; it is no longer in force.',
  },
  'status.superseded': {
    zh: '该文件已被新的文件取代，不再有效。',
    en: 'A newer document has taken the place of this one; it is no longer in force.',
  },
  'status.corrected': {
    zh: '该证书已更正，由新的证书取代，不再有效。',
    en: 'The certificate was corrected and replaced by a new one; it is no longer in force.',
  },
  'status.lost': {
    zh: '该证书已遗失并补发，不再有效。',
    en: 'The certificate was lost and issued again; it is no longer in force.',
  },
  'status.lapsed': {
    zh: '该证明所证明的权利已失效。',
    en: 'What this proof of registration proved has lapsed.',
  },
  'status.written-off': {
    zh: '该票据已冲红，不再有效。',
    en: 'A second bill with negative amounts has taken this one back; it is no longer in force.',
  },
  'status.refunded': {
    zh: '该票据的门票已全部退票，不再有效。',
    en: 'Every ticket of this receipt was refunded; it is no longer in force.',
  },
  'status.cancelled': {
    zh: '该文件已注销，不再有效。',
    en: 'The document has been cancelled; it is no longer in force.',
  },
  'status.revocation-recorded': {
    zh: '该文件已被撤销。',
    en: 'The document has been revoked.',
  },
  'status.pending': {
    zh: '文件上链之后才能查询是否撤销；目前没有撤销记录。',
    en: 'Revocation can be asked about once the document is on the blockchain; no revocation is known.',
  },
  'status.by-list': {
    zh: '未能查询区块链；开具方签名的状态清单（时间见详情）中没有该文件失效的记录。',
    en: 'The blockchain could not be asked. The issuer’s signed status list, of the time shown, does not list the document as out of force.',
  },
  'status.list-stale': {
    zh: '未能查询区块链，而手头的状态清单已过期，无法判断该文件现在是否有效。',
    en: 'The blockchain could not be asked, and the status list at hand is too old to say whether the document is in force now.',
  },
  'status.listed-as-ended': {
    zh: '开具方签名的状态清单将该文件列为失效。',
    en: 'The issuer’s signed status list says that the document is out of force.',
  },
  'status.kind-hidden': {
    zh: '持有人隐去了文件的种类，无法判断所列事件是否使其失效。',
    en: 'The holder has hidden what kind of document it is, so it cannot be told whether what happened has ended it.',
  },
  'status.unreachable': {
    zh: '暂时联系不上区块链，未能查询是否撤销，请稍后再试。',
    en: 'The blockchain could not be reached, so it is not known whether the document was revoked; try again later.',
  },
  'status.disagreement': {
    zh: '所询问的各个节点对该文件是否撤销说法不一，无法判断该相信哪一个；请换用其他节点再试。',
    en: 'The nodes that were asked say different things about revocation, so none of them was believed; try again with other nodes.',
  },
  'status.not-asked': {
    zh: '离线查验，未查询区块链：不知道开具方是否撤销了该文件。',
    en: 'Checked offline, so the blockchain was not asked whether the issuer has revoked the document.',
  },
  'status.list-place-unproven': {
    zh: '未能查询区块链。开具方签名的状态清单（时间见详情）没有把证据包所写的位置列为失效，但该位置没有证明，不能据此认定有效。',
    en: 'The blockchain could not be asked. The issuer’s signed status list, of the time shown, does not list the place that the bundle names as out of force; but nothing proves that this place is the document’s.',
  },
  'status.chain-not-known': {
    zh: '没有可用来查询撤销状态所在的区块链的节点。',
    en: 'Revocation is recorded on a blockchain that cannot be asked from here.',
  },
  'status.no-store': {
    zh: '区块链上没有所称的开具方合约，无法查询是否撤销。',
    en: 'There is no such issuer’s contract on the blockchain to ask about revocation.',
  },
} as const;
