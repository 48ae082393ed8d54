export { compileValidator } from './compile-validator.js';
export type { Plain } from './compile-validator.js';
export { Optional, defineRule, defineTextRule, notOfType } from './field-rule.js';
export type { Problem } from './field-rule.js';
export { Nested, NestedArray } from './nested.js';
export { printableName } from './printable-name.js';
export { IsAmountText, IsDecimalText, IsOneOf, IsPrintableText } from './text-field-rules.js';
