/** A command line that cannot be carried out; the message says what to write instead. */
export class CommandRefused extends Error {}

/** Options of a command line, `--name value`. Each reader throws a sentence that names what is missing. */
export class CommandOptions {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  text(name: string): string {
    const value = this.values.get(name);
    if (value === undefined || value.trim() === '') {
      throw new CommandRefused(`--${name} is missing`);
    }
    return value;
  }

  /** Undefined when the option is not given. */
  optional(name: string): string | undefined {
    return this.values.has(name) ? this.text(name) : undefined;
  }

  /** Whether a flag was given. */
  has(name: string): boolean {
    return this.values.has(name);
  }

  /** One of `choices`; the first when the option is not given. */
  choice<Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const value = this.values.get(name) ?? choices[0];
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) {
      throw new CommandRefused(`--${name} must be one of ${choices.join(', ')}`);
    }
    return chosen;
  }
}

/** `flags` stand alone; every other option has a value. */
export function parseOptions(words: readonly string[], flags: readonly string[] = []): CommandOptions {
  const values = new Map<string, string>();
  const left = [...words];
  while (left.length > 0) {
    const option = left.shift() ?? '';
    const name = option.slice(2);
    const value = flags.includes(name) ? '' : left.shift();
    if (!option.startsWith('--') || value === undefined) {
      throw new CommandRefused(`Options come as "--name value"; "${option}" does not`);
    }
    values.set(name, value);
  }
  return new CommandOptions(values);
}
