const CHARSET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The ISO 7064 MOD 37,36 character that belongs behind `text`, which holds only `0-9A-Z`. */
export function mod37Check36Character(text: string): string {
  let product = 36;
  for (const character of text) {
    const value = CHARSET.indexOf(character);
    if (value === -1) {
      throw new TypeError('ISO 7064 MOD 37,36 knows only digits and capital letters');
    }
    product = (((product + value) % 36 || 36) * 2) % 37;
  }
  return CHARSET.charAt((37 - product) % 36);
}

/** Whether the last character of `text` is the MOD 37,36 check of all before it. */
export function hasMod37Check36(text: string): boolean {
  return /^[0-9A-Z]{2,}$/.test(text) && text.endsWith(mod37Check36Character(text.slice(0, -1)));
}
