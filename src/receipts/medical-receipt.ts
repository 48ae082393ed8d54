import { formatAmount, maskCitizenId, normaliseCode, normaliseText, parseAmount } from '../kernel/index.js';
import { compileValidator } from '../platform/validation/index.js';
import type { CoreData } from '../proof/index.js';
import { MedicalReceiptDto, type MedicalRequest } from './medical-receipt.dto.js';
import { checkMedical, isInpatient, MEDICAL_AMOUNTS } from './medical-rules.js';
import type { ReceiptDefinition } from './receipt-definition.js';
import { readReceiptDraft } from './receipt-draft.js';
import { gridFields } from './receipt-labels.js';
import { BILL_LIFE_CYCLE } from './receipt.life-cycle.js';

/** SAMPLE codes of the finance department; 06/01 is known from real bills. */
const OUTPATIENT = { category: '06', type: '01', title: '医疗门诊收费票据（电子）' };
const INPATIENT = { category: '06', type: '02', title: '医疗住院收费票据（电子）' };
const DATES: readonly string[] = ['visitDate', 'admittedOn', 'dischargedOn'];

/** 医疗收费票据（电子） for out- and inpatients. */
export const medicalReceipt: ReceiptDefinition<MedicalRequest> = {
  name: 'receipt.medical',
  title: { zh: '医疗收费电子票据', en: 'Medical receipt' },
  isSupervised: true,
  lifeCycle: BILL_LIFE_CYCLE,
  parse: compileValidator(MedicalReceiptDto),
  read: (request) => readReceiptDraft(request, request, readParticulars(request.particulars)),
  check: checkMedical,
  formOf: (draft) => (isInpatient(draft) ? INPATIENT : OUTPATIENT),
  // The notice lets no more of it be printed, so no more is kept.
  keepPayerCode: (code) => (code.includes('*') ? code : maskCitizenId(code)),
  amountFields: MEDICAL_AMOUNTS,
  gridOf: ({ particulars }) => ({
    columns: 3,
    fields: gridFields(particulars, [
      ['businessNumber', '业务流水号'],
      ['institutionType', '医疗机构类型'],
      ['gender', '性别'],
      ['outpatientNo', '门诊号'],
      ['visitDate', '就诊日期'],
      ['recordNo', '病历号'],
      ['inpatientNo', '住院号'],
      ['department', '住院科别'],
      ['admittedOn', '入院日期'],
      ['dischargedOn', '出院日期'],
      ['insuranceType', '医保类型'],
      ['insuranceNo', '医保编号'],
      ['prepaid', '预缴金额'],
      ['supplement', '补缴金额'],
      ['refund', '退费金额'],
      ['fundPay', '医保统筹基金支付'],
      ['otherPay', '其他支付'],
      ['accountPay', '个人账户支付'],
      ['cashPay', '个人现金支付'],
      ['selfPay', '个人自付'],
      ['ownExpense', '个人自费'],
      ['negotiatedDrugs', '谈判药费'],
    ]),
  }),
  listsOf: () => [],
  // What a person is treated for and how it is insured is never public.
  publicFacts: () => [],
};

function readParticulars(medical: MedicalRequest['particulars']): CoreData {
  const canonical = (field: string, text: string): string => {
    if (MEDICAL_AMOUNTS.includes(field)) {
      return formatAmount(parseAmount(text));
    }
    return DATES.includes(field) ? normaliseCode(text) : normaliseText(text);
  };
  const fields = Object.entries(medical as Readonly<Record<string, string>>);
  return Object.fromEntries(fields.map(([field, text]) => [field, canonical(field, text)]));
}
