import { parseAmount } from './money.js';

const NUMERALS = '零壹贰叁肆伍陆柒捌玖';
const UNITS = ['仟', '佰', '拾', ''];

/**
 * 价税合计（大写）: the one spelling this product writes (财政部令第98号 art. 52), for at most sixteen digits of yuan.
 * MUST stay as it is: issued documents are hashed with these words.
 */
export function rmbCapital(fen: bigint): string {
  const magnitude = fen < 0n ? -fen : fen;
  if (magnitude >= 10n ** 18n) {
    throw new RangeError('More than sixteen digits of yuan');
  }
  const yuan = magnitude / 100n;
  const words = (yuan === 0n ? '' : `${integerWords(yuan)}圆`) + cents(Number(magnitude % 100n), yuan > 0n);
  return `${fen < 0n ? '（负数）' : ''}${words === '整' ? '零圆整' : words}`;
}

function cents(value: number, hasYuan: boolean): string {
  const [jiao, fen] = [Math.floor(value / 10), value % 10];
  if (fen === 0) {
    return jiao === 0 ? '整' : `${numeral(jiao)}角整`;
  }
  if (jiao === 0) {
    return `${hasYuan ? '零' : ''}${numeral(fen)}分`;
  }
  return `${numeral(jiao)}角${numeral(fen)}分`;
}

/** Four digits a group; 亿 closes everything above it, so 壹万亿 is 10^12. */
function integerWords(yuan: bigint): string {
  const digits = yuan.toString().padStart(16, '0');
  const high = eightDigits(digits.slice(0, 8));
  const low = eightDigits(digits.slice(8));
  if (high === '') {
    return low;
  }
  return `${high}亿${low !== '' && digits[8] === '0' ? '零' : ''}${low}`;
}

function eightDigits(digits: string): string {
  const high = fourDigits(digits.slice(0, 4));
  const low = fourDigits(digits.slice(4));
  if (high === '') {
    return low;
  }
  return `${high}万${low !== '' && digits[4] === '0' ? '零' : ''}${low}`;
}

/** One 零 for a run of zeros between two digits, none for trailing zeros; leading zeros are the caller's. */
function fourDigits(digits: string): string {
  let words = '';
  let skipped = false;
  for (const [index, unit] of UNITS.entries()) {
    const digit = Number(digits[index]);
    if (digit === 0) {
      skipped = words !== '';
      continue;
    }
    words += `${skipped ? '零' : ''}${numeral(digit)}${unit}`;
    skipped = false;
  }
  return words;
}

function numeral(digit: number): string {
  return NUMERALS.charAt(digit);
}

const variants: Readonly<Record<string, string>> = {
  ...{ 元: '圆', 圓: '圆', 正: '整', 貳: '贰', 弍: '贰', 參: '叁', 叄: '叁', 陸: '陆', 億: '亿', 萬: '万' },
  ...{ '(': '（', ')': '）' },
};
const digit = '[壹贰叁肆伍陆柒捌玖]';
const four = `(?:零?${digit}仟)?(?:零?${digit}佰)?(?:零?${digit}拾)?(?:零?${digit})?`;
const eight = `(?:${four}万)?${four}`;
const amountInWords = new RegExp(
  `^(?:人民币)?⊗?(?:人民币)?(（负数）|负)?(?:(?:((?:${eight}亿)?${eight})|零)圆)?(?:零?(${digit})角)?(?:零?(${digit})分)?整?$`,
);

const LONGEST_WORDS = 80;

/**
 * Reads an amount in words as people and other programs write it (元/圆/圓, 整/正, optional 零, traditional characters)
 * into fen; `null` when it is not one. Compare amounts as numbers: the same amount has several lawful spellings.
 */
export function rmbParse(text: string): bigint | null {
  if (text.length > LONGEST_WORDS) {
    return null;
  }
  const words = text.trim().replace(/[元圓正貳弍參叄陸億萬()]/g, (character) => variants[character] ?? character);
  const match = amountInWords.exec(words);
  if (match === null || match[2] === '' || !/[圆角分]整?$/.test(words)) {
    return null;
  }
  const yuan = readInteger(match[2] ?? '');
  if (yuan === null) {
    return null;
  }
  const magnitude = yuan * 100n + BigInt(readDigit(match[3]) * 10 + readDigit(match[4]));
  return match[1] === undefined ? magnitude : -magnitude;
}

function readInteger(words: string): bigint | null {
  let [total, section, digitBefore] = [0n, 0n, 0n];
  for (const character of words) {
    const value = NUMERALS.indexOf(character);
    if (value >= 0) {
      digitBefore = BigInt(value);
      continue;
    }
    const scale = { 拾: 10n, 佰: 100n, 仟: 1000n }[character];
    if (scale !== undefined) {
      section += digitBefore * scale;
    } else {
      section += digitBefore;
      const sum = character === '亿' ? total + section : section;
      if (sum === 0n) {
        return null;
      }
      total = character === '亿' ? sum * 100_000_000n : total + sum * 10_000n;
      section = 0n;
    }
    digitBefore = 0n;
  }
  return total + section + digitBefore;
}

function readDigit(character: string | undefined): number {
  return character === undefined ? 0 : NUMERALS.indexOf(character);
}

/** Whether words on a document say the amount next to them. */
export function wordsSayAmount(words: string, amount: string): boolean {
  return rmbParse(words) === parseAmount(amount);
}
