/** What a letter of a plate stands for in the table `plate-letters`. */
export type PlateLetterRole = 'province' | 'new-energy';
export type PlateLetter = { readonly letter: string; readonly role: PlateLetterRole };

const ORDINARY = '[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]';
const SMALL_NEW_ENERGY = '([A-HJ-NP-Z])[A-HJ-NP-Z0-9]\\d{4}';
const LARGE_NEW_ENERGY = '\\d{5}([A-HJ-NP-Z])';
const SHAPE = new RegExp(`^(\\p{Script=Han})[A-HJ-NP-Z](?:${ORDINARY}|${SMALL_NEW_ENERGY}|${LARGE_NEW_ENERGY})$`, 'u');

/**
 * The letters of a 机动车号牌号码 (GA 36) that a table tells; null when it does not have the shape of one. A plate is
 * province and office, then five characters, the last of which may tell a use (挂 学 警 港 澳); or six for new-energy
 * vehicles: a small one's letter stands first, a large one's last. Neither I nor O. Expects normalised text
 * (`normaliseCode`).
 */
export function plateLetters(text: string): readonly PlateLetter[] | null {
  const [, province, small, large] = SHAPE.exec(text) ?? [];
  if (province === undefined) {
    return null;
  }
  const newEnergy = small ?? large;
  return [
    { letter: province, role: 'province' },
    ...(newEnergy === undefined ? [] : [{ letter: newEnergy, role: 'new-energy' as const }]),
  ];
}

/** Whether this could be a plate; which provinces and letters are given out is told by a table, day by day. */
export function isPlateShaped(text: string): boolean {
  return plateLetters(text) !== null;
}
