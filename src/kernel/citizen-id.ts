import { isCalendarDate } from './calendar.js';
import { isProvinceCode } from './region-code.js';

/** What keeps a text from being a 公民身份号码 (GB 11643-1999). */
export type CitizenIdProblem = 'shape' | 'region' | 'birth-date' | 'check-character';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/** Expects normalised text (`normaliseCode`); `today` is `YYYY-MM-DD`. First-generation numbers of 15 digits are refused. */
export function citizenIdProblem(text: string, today: string): CitizenIdProblem | null {
  if (!/^\d{17}[\dX]$/.test(text)) {
    return 'shape';
  }
  if (!isProvinceCode(text.slice(0, 2))) {
    return 'region';
  }
  const birthDate = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!isCalendarDate(birthDate) || birthDate > today) {
    return 'birth-date';
  }
  return text[17] === citizenIdCheckCharacter(text) ? null : 'check-character';
}

/** The ISO 7064 MOD 11-2 character that belongs to the first seventeen digits of `text`. */
function citizenIdCheckCharacter(text: string): string {
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += Number(text[index]) * weight;
  }
  return CHECK_CHARACTERS.charAt(sum % 11);
}
