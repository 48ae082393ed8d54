import { isUscc, normaliseCode } from '../kernel/index.js';
import { defineRule, defineTextRule } from '../platform/validation/index.js';
import { isTaxRateText } from './tax-rates.js';

/** 商品和服务税收分类合并编码: nineteen digits, shorter classes padded with zeros on the right. */
export function isTaxClassCode(text: string): boolean {
  return /^\d{19}$/.test(normaliseCode(text));
}

const taxClassCode = defineTextRule<true>('isTaxClassCode', (text) =>
  text.length <= 19 && isTaxClassCode(text)
    ? null
    : {
        code: 'validation.format',
        message: 'Give the tax class code with all 19 digits; pad a shorter code with zeros on the right.',
      },
);

export function IsTaxClassCode(): PropertyDecorator {
  return taxClassCode(true);
}

const taxRate = defineTextRule<true>('isTaxRateText', (text) =>
  isTaxRateText(text)
    ? null
    : { code: 'validation.format', message: 'Give the rate as a decimal fraction, for example "0.13" for 13 %.' },
);

export function IsTaxRateText(): PropertyDecorator {
  return taxRate(true);
}

const taxId = defineTextRule<true>('isTaxIdText', (text) =>
  text.length <= 20 && isUscc(normaliseCode(text))
    ? null
    : {
        code: 'validation.tax-id',
        message:
          'Give the 18-character unified social credit code; its length, characters or check character is wrong. A natural person has none.',
      },
);

/** A unified social credit code (USCC) whose check character is right. */
export function IsTaxIdText(): PropertyDecorator {
  return taxId(true);
}

const requestSerial = defineTextRule<true>('isRequestSerialNo', (text) =>
  /^[0-9A-Za-z_-]{1,64}$/.test(text)
    ? null
    : { code: 'validation.format', message: 'Use 1 to 64 letters, digits, hyphens or underscores.' },
);

/** 发票请求流水号: the caller's own reference. */
export function IsRequestSerialNo(): PropertyDecorator {
  return requestSerial(true);
}

const noDeduction = defineRule<true>({
  name: 'isNotSupportedDeduction',
  check: () => ({
    code: 'invoices.difference-taxation-not-supported',
    message:
      'Invoices under difference taxation (差额征税) are not issued here yet. Leave the deduction out only if the tax is due on the whole amount.',
  }),
});

/** 扣除额 of difference taxation: known, and refused by its own code rather than as an unknown field. */
export function IsNotSupportedDeduction(): PropertyDecorator {
  return noDeduction(true);
}
