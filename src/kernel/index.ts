export { assertNever } from './assert-never.js';
export type { Brand } from './brand.js';
export { Clock, SystemClock } from './clock.js';
export { DomainError } from './domain-error.js';
export type { ErrorKind, FieldError } from './domain-error.js';
export { fromHex, to0x, toHex } from './hex.js';
export { IdSource } from './id-source.js';
export { isCalendarDate, toChinaDate, toChinaTime } from './calendar.js';
export { citizenIdProblem } from './citizen-id.js';
export type { CitizenIdProblem } from './citizen-id.js';
export {
  LONGEST_DECIMAL,
  compareDecimals,
  formatDecimal,
  isDecimalText,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
} from './decimal.js';
export type { Decimal } from './decimal.js';
export { maskAddress, maskBankAccount, maskCitizenId, maskMobile, maskName } from './mask.js';
export { LARGEST_AMOUNT, formatAmount, isAmountText, isCanonicalAmount, parseAmount } from './money.js';
export { invoiceRegionCode, isInvoiceRegionCode, isProvinceCode, isRegionCode } from './region-code.js';
export {
  isBlank,
  isLongerThan,
  normaliseCode,
  normaliseText,
  toHalfWidth,
  unprintableCharacters,
} from './text-rules.js';
export { isOrganisationCode, isUscc, usccProblem, usccWarnings } from './uscc.js';
export type { Uscc, UsccProblem, UsccWarning } from './uscc.js';
