import type { Brand } from './brand.js';
import { isRegionCode } from './region-code.js';

/** 统一社会信用代码 (GB 32100-2015), half-width and upper case, check character right. */
export type Uscc = Brand<string, 'Uscc'>;

/** What keeps a text from being a USCC. */
export type UsccProblem = 'length' | 'characters' | 'check-character';

/** Odd, but not against GB 32100: exceptions exist, so these never refuse a code. */
export type UsccWarning = 'unknown-category' | 'unknown-region' | 'organisation-code-check';

/** Region of bodies registered with the central government. */
const WHOLE_COUNTRY = '100000';
const CHARSET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const shape = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const categories = new Set(['11', '12', '13', '51', '52', '53', '91', '92', '93', 'A1', 'N1', 'N2', 'N3', 'Y1']);

/** Expects normalised text (`normaliseCode`). */
export function usccProblem(text: string): UsccProblem | null {
  if (text.length !== 18) {
    return 'length';
  }
  if (!shape.test(text)) {
    return 'characters';
  }
  return text[17] === usccCheckCharacter(text) ? null : 'check-character';
}

export function isUscc(text: string): text is Uscc {
  return usccProblem(text) === null;
}

/** The check character that belongs to the first seventeen characters of `text`. */
function usccCheckCharacter(text: string): string {
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += CHARSET.indexOf(text.charAt(index)) * weight;
  }
  return CHARSET.charAt((31 - (sum % 31)) % 31);
}

export function usccWarnings(uscc: Uscc): readonly UsccWarning[] {
  const warnings: UsccWarning[] = [];
  if (!categories.has(uscc.slice(0, 2))) {
    warnings.push('unknown-category');
  }
  const region = uscc.slice(2, 8);
  if (region !== WHOLE_COUNTRY && !isRegionCode(region)) {
    warnings.push('unknown-region');
  }
  if (!isOrganisationCode(`${uscc.slice(8, 16)}-${uscc.slice(16, 17)}`)) {
    warnings.push('organisation-code-check');
  }
  return warnings;
}

/** 组织机构代码 (GB 11714) with its hyphen: `D2143569-X`. */
export function isOrganisationCode(text: string): boolean {
  if (!/^[0-9A-Z]{8}-[0-9X]$/.test(text)) {
    return false;
  }
  let sum = 0;
  for (const [index, weight] of organisationWeights.entries()) {
    sum += Number.parseInt(text.charAt(index), 36) * weight;
  }
  const check = 11 - (sum % 11);
  return text[9] === (check === 10 ? 'X' : (check % 11).toString());
}
