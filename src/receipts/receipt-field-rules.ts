import { isCalendarDate, normaliseCode } from '../kernel/index.js';
import { defineTextRule } from '../platform/validation/index.js';
import { readInstant } from './instant.js';
import { isPlateShaped } from './plate-number.js';
import { isDecisionNumber } from './punishment-decision.js';

/** A rule about a code: normalised first, and refused with `message` where `accepts` does not hold. */
function codeRule(name: string, accepts: (code: string) => boolean, message: string): () => PropertyDecorator {
  const rule = defineTextRule<true>(name, (text) =>
    text.length <= 64 && accepts(normaliseCode(text)) ? null : { code: 'validation.format', message },
  );
  return () => rule(true);
}

/** 项目编码. */
export const IsItemCode = codeRule(
  'isReceiptItemCode',
  (code) => /^[0-9A-Z]{1,20}$/.test(code),
  'Give the item code as 1 to 20 digits and letters.',
);
export const IsPlateNumber = codeRule(
  'isReceiptPlateNumber',
  isPlateShaped,
  'Give the plate as province, letter and five characters, or six for a new-energy vehicle, for example "粤B12345".',
);
export const IsDecisionNumber = codeRule(
  'isReceiptDecisionNumber',
  isDecisionNumber,
  'Give the number of the decision with its 15 or 16 digits.',
);
export const IsPlateType = codeRule(
  'isReceiptPlateType',
  (code) => /^\d{2}$/.test(code),
  'Give the plate type (GA 24.7) as two digits, for example "02".',
);
export const IsViolationCode = codeRule(
  'isReceiptViolationCode',
  (code) => /^\d{4,5}$/.test(code),
  'Give the violation code (GA/T 16.31) as four or five digits, for example "1039".',
);
/** 证件类型: a code of the table `id-types`. */
export const IsIdType = codeRule(
  'isReceiptIdType',
  (code) => /^\d{3}$/.test(code),
  'Give the id type as three digits of the table id-types, for example "414".',
);
/** Twelve digits: the unit that decided. */
export const IsUnitCode = codeRule(
  'isReceiptUnitCode',
  (code) => /^[0-9A-Z]{6,18}$/.test(code),
  'Give the code of the unit as 6 to 18 digits and letters.',
);
export const IsTicketNumber = codeRule(
  'isReceiptTicketNumber',
  (code) => /^[0-9A-Z][0-9A-Z-]{3,31}$/.test(code),
  'Give a ticket number of 4 to 32 letters, digits and hyphens.',
);
export const IsPayerCode = codeRule(
  'isReceiptPayerCode',
  (code) => /^[0-9A-Z*]{5,20}$/.test(code),
  'Give the identity document number of a person, or the unified social credit code of an organisation.',
);
export const IsReference = codeRule(
  'isReceiptReference',
  (code) => /^[0-9A-Z_-]{1,64}$/.test(code),
  'Use 1 to 64 letters, digits, hyphens or underscores.',
);
export const IsDateText = codeRule(
  'isReceiptDateText',
  isCalendarDate,
  'Give a day of the calendar as YYYY-MM-DD, for example "2026-03-05".',
);
export const IsInstantText = codeRule(
  'isReceiptInstantText',
  (text) => readInstant(text) !== null,
  'Give date, time and offset, for example "2026-03-05T10:30:00+08:00".',
);
