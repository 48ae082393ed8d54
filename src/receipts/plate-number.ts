import { NEW_ENERGY_LETTERS } from './plate-letters.data.js';

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';

/**
 * 机动车号牌号码 (GA 36): province and office, then five characters, the last of which may tell a use (挂 学 警 港 澳); or six
 * for new-energy vehicles: a small one's `newEnergyLetters` character stands first, a large one's last. Neither I nor O.
 * Expects normalised text (`normaliseCode`).
 */
export function isPlateNumber(text: string, newEnergyLetters: string = NEW_ENERGY_LETTERS): boolean {
  return patternOf(newEnergyLetters).test(text);
}

const patterns = new Map<string, RegExp>();

function patternOf(letters: string): RegExp {
  const known = patterns.get(letters);
  if (known !== undefined) {
    return known;
  }
  if (!/^[A-HJ-NP-Z]+$/.test(letters)) {
    throw new TypeError('New-energy letters are capitals other than I and O');
  }
  const ordinary = '[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]';
  const small = `[${letters}][A-HJ-NP-Z0-9]\\d{4}`;
  const pattern = new RegExp(`^[${PROVINCES}][A-HJ-NP-Z](?:${ordinary}|${small}|\\d{5}[${letters}])$`);
  patterns.set(letters, pattern);
  return pattern;
}
