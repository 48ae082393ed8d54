import type { Fact, Outcome, Question } from '../verdict.js';
import type { FactLanguage } from './zh-tw.js';

/** What a fact is about: integrity is asked of the content, of the file at hand, and of what happened later. */
export type FactSubject = Question | 'pdf' | 'events';

export function subjectOf({ code, question }: Pick<Fact, 'code' | 'question'>): FactSubject {
  if (/^integrity\.(?:pdf-|append-|bytes-|not-wholly)/.test(code)) {
    return 'pdf';
  }
  return code.startsWith('integrity.event') ? 'events' : question;
}

/** The heading over a fact. */
export const SUBJECT_TITLES: Readonly<Record<FactLanguage, Readonly<Record<FactSubject, string>>>> = {
  zh: {
    integrity: '内容是否完整',
    pdf: 'PDF 是否为原件',
    events: '后续事项是否属实',
    signature: '数字签名',
    inclusion: '是否在批次之中',
    anchor: '区块链存证',
    status: '是否有效',
    issuer: '开具方是谁',
  },
  'zh-TW': {
    integrity: '內容是否完整',
    pdf: 'PDF 是否為原檔',
    events: '後續事項是否屬實',
    signature: '數位簽章',
    inclusion: '是否在批次之中',
    anchor: '區塊鏈存證',
    status: '是否有效',
    issuer: '由誰開立',
  },
  en: {
    integrity: 'Is the content complete?',
    pdf: 'Is the PDF the original?',
    events: 'Did the later events happen?',
    signature: 'Digital signature',
    inclusion: 'Is it part of its batch?',
    anchor: 'Record on the blockchain',
    status: 'Is it in force?',
    issuer: 'Who issued it?',
  },
};

/** The answer beside it, in a word. */
export const OUTCOME_TITLES: Readonly<Record<FactLanguage, Readonly<Record<Outcome, string>>>> = {
  zh: { holds: '通过', fails: '不通过', unknown: '未知', 'not-applicable': '不适用' },
  'zh-TW': { holds: '通過', fails: '不通過', unknown: '未知', 'not-applicable': '不適用' },
  en: { holds: 'Yes', fails: 'No', unknown: 'Unknown', 'not-applicable': 'Not applicable' },
};
