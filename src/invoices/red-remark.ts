import type { RedReference } from './invoice.js';

/** What 备注 of a red-letter invoice says by rule, before anything else. */
export function redRemark({ blueCode, blueNumber, confirmationNumber }: RedReference): string {
  return blueCode === undefined
    ? `被红冲蓝字数电发票号码：${blueNumber} 红字发票信息确认单编号：${confirmationNumber}`
    : `对应正数发票代码：${blueCode} 号码：${blueNumber} 红字发票信息确认单编号：${confirmationNumber}`;
}

const shape =
  /被红冲蓝字(?:数电发票|数电票|全电发票)号码[：:]\s*(?<blueNumber>\d{20})(?:\s*红字发票信息确认单编号[：:]\s*(?<confirmationNumber>\d{20}))?/;

/** Reads it from other programs' invoices too, which write 数电票号码 or 数电发票号码; `null` when there is no such text. */
export function readRedRemark(remark: string): { blueNumber: string; confirmationNumber?: string } | null {
  const groups = shape.exec(remark)?.groups;
  const { blueNumber, confirmationNumber } = groups ?? {};
  return blueNumber === undefined
    ? null
    : { blueNumber, ...(confirmationNumber !== undefined && { confirmationNumber }) };
}
