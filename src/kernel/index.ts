export type { Brand } from './brand.js';
export { Clock, SystemClock } from './clock.js';
export { DomainError } from './domain-error.js';
export type { ErrorKind, FieldError } from './domain-error.js';
export { faultOf } from './fault.js';
export type { Fault } from './fault.js';
export { fromHex, to0x, toHex } from './hex.js';
export { joinBytes } from './join-bytes.js';
export { IdSource } from './id-source.js';
export { addDays, addYears, daysBetween, isCalendarDate, isWeekend, toChinaDate, toChinaTime } from './calendar.js';
export { citizenIdProblem } from './citizen-id.js';
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
export { elicenceId, parseElicenceId } from './elicence-id.js';
export { gaussKrugerZone, isInChinaBox, metresFrom, ringArea, sideLength } from './lon-lat.js';
export type { LonLat } from './lon-lat.js';
export { isCounterClockwise, isInsideRing, ringProblem } from './ring.js';
export type { GridPoint, RingProblem } from './ring.js';
export { maskAddress, maskBankAccount, maskCitizenId, maskMobile, maskName } from './mask.js';
export { LARGEST_AMOUNT, formatAmount, isAmountText, isCanonicalAmount, parseAmount } from './money.js';
export {
  invoiceRegionCode,
  isInvoiceRegionCode,
  isProvinceCode,
  isProvinceShortName,
  isRegionCode,
  provinceShortName,
} from './region-code.js';
export { rmbCapital, rmbParse } from './rmb-in-words.js';
export {
  codePointName,
  isBlank,
  isLongerThan,
  normaliseCode,
  normaliseText,
  toHalfWidth,
  unprintableCharacters,
} from './text-rules.js';
export { isUscc } from './uscc.js';
export type { Uscc } from './uscc.js';
