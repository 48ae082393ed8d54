import {
  LONGEST_DECIMAL,
  isAmountText,
  isBlank,
  isDecimalText,
  isLongerThan,
  normaliseText,
  toHalfWidth,
  unprintableCharacters,
} from '../../kernel/index.js';
import { defineRule, defineTextRule, notOfType, type Problem } from './field-rule.js';

/** Text that is printed: at most `max` characters, not blank, nothing invisible. Single line. */
export const IsPrintableText: (max: number) => PropertyDecorator = defineTextRule('isPrintableText', printableProblem);

function printableProblem(text: string, max: number): Problem | null {
  if (isLongerThan(text, max)) {
    return { code: 'validation.too-long', message: `Shorten this text to ${max} characters at most.` };
  }
  const normal = normaliseText(text);
  const characters = unprintableCharacters(normal);
  if (characters.length > 0) {
    const named = characters.slice(0, 5).join(', ');
    return { code: 'validation.characters', message: `Remove characters that cannot be printed: ${named}.` };
  }
  if (isBlank(normal)) {
    return {
      code: 'validation.blank',
      message: 'This text is blank; fill it in, or leave the field out if it may be.',
    };
  }
  return isLongerThan(normal, max)
    ? { code: 'validation.too-long', message: `Shorten this text to ${max} characters at most.` }
    : null;
}

const amountRule = defineTextRule<true>('isAmountText', (text) =>
  isAmountText(text)
    ? null
    : {
        code: 'validation.format',
        message: 'Give the amount in yuan as text with exactly two decimals, for example "622.64".',
      },
);

/** Yuan with exactly two decimals. */
export function IsAmountText(): PropertyDecorator {
  return amountRule(true);
}

const decimalRule = defineTextRule<true>('isDecimalText', (text) =>
  text.length <= LONGEST_DECIMAL && isDecimalText(toHalfWidth(text))
    ? null
    : {
        code: 'validation.format',
        message: `Give a decimal number as text of at most ${LONGEST_DECIMAL} characters, for example "12.5".`,
      },
);

/** An exact decimal number of at most 25 characters. */
export function IsDecimalText(): PropertyDecorator {
  return decimalRule(true);
}

/** One of the listed words, spelled exactly so. */
export const IsOneOf: (words: readonly string[]) => PropertyDecorator = defineRule<readonly string[]>({
  name: 'isOneOf',
  check: (value, words) => {
    if (typeof value !== 'string') {
      return notOfType(value, 'text');
    }
    return words.includes(value)
      ? null
      : { code: 'validation.not-allowed', message: `Choose one of: ${words.join(', ')}.` };
  },
});
