export { compileValidator } from './compile-validator.js';
export type { Plain } from './compile-validator.js';
export { Optional, defineTextRule } from './field-rule.js';
export { Nested, NestedArray } from './nested.js';
export { IsAmountText, IsDecimalText, IsOneOf, IsPrintableText } from './text-field-rules.js';
