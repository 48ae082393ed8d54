import { ValidateBy, ValidateIf } from 'class-validator';

/** Why a value is refused: a stable code, and a sentence that says what to do. Never repeats the value. */
export type Problem = { readonly code: string; readonly message: string };

/**
 * A rule about one value, written once: class-validator runs `check` for the detailed answer, and the compiled schema
 * runs the same `check` as an ajv keyword on the hot path.
 */
export type FieldRule<Options> = {
  /** Name of the class-validator constraint and of the ajv keyword. Unique in the program. */
  readonly name: string;
  /** MUST NOT throw, and MUST refuse `undefined`, `null` and values of a wrong type. */
  readonly check: (value: unknown, options: Options) => Problem | null;
};

const rules = new Map<string, FieldRule<unknown>>();

/** Registers a rule and gives its decorator. The options must survive being copied as JSON. */
export function defineRule<Options>(rule: FieldRule<Options>): (options: Options) => PropertyDecorator {
  if (rules.has(rule.name)) {
    throw new Error(`Rule ${rule.name} is defined twice`);
  }
  rules.set(rule.name, rule as FieldRule<unknown>);
  return (options) =>
    ValidateBy({
      name: rule.name,
      constraints: [options],
      validator: {
        validate: (value) => rule.check(value, options) === null,
        defaultMessage: (context) => writeProblem(rule.check(context?.value, options)),
      },
    });
}

/** The rules defined so far, by name. */
export function definedRules(): ReadonlyMap<string, FieldRule<unknown>> {
  return rules;
}

/** The field may be left out. Unlike class-validator's `IsOptional` it may not be `null`: absent has one spelling. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_body: object, value: unknown) => value !== undefined);
}

/** A rule about text: `undefined`, `null` and other types are answered here, `check` sees strings only. */
export function defineTextRule<Options>(
  name: string,
  check: (value: string, options: Options) => Problem | null,
): (options: Options) => PropertyDecorator {
  return defineRule<Options>({
    name,
    check: (value, options) => (typeof value === 'string' ? check(value, options) : notOfType(value, 'text')),
  });
}

/** The answer to a missing value or one of the wrong JSON type. */
export function notOfType(value: unknown, wanted: string): Problem {
  return value === undefined
    ? { code: 'validation.required', message: 'This field is required.' }
    : { code: 'validation.type', message: `This field must be ${wanted}.` };
}

/** class-validator carries one string per failed constraint: the code goes in front of the sentence. */
function writeProblem(problem: Problem | null): string {
  return problem === null ? '' : `${problem.code} ${problem.message}`;
}

export function readProblem(text: string): Problem {
  const space = text.indexOf(' ');
  return { code: text.slice(0, space), message: text.slice(space + 1) };
}
