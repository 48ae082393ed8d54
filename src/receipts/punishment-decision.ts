/**
 * 处罚决定书编号: 15 digits, or 16 with a check digit whose algorithm is not public and which is therefore not verified.
 * Expects normalised text (`normaliseCode`).
 */
export function isDecisionNumber(text: string): boolean {
  return /^\d{15,16}$/.test(text);
}
