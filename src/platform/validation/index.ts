export { compileValidator } from './compile-validator.js';
export type { Plain, ValidationResult, Validator } from './compile-validator.js';
export { Optional, defineRule, defineTextRule, notOfType } from './field-rule.js';
export type { FieldRule, Problem } from './field-rule.js';
export { Nested, NestedArray } from './nested.js';
export type { DtoClass } from './nested.js';
export { IsAmountText, IsDecimalText, IsOneOf, IsPrintableText } from './text-field-rules.js';
