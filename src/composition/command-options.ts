/** A command line that cannot be carried out; the message says what to write instead. */
export class CommandRefused extends Error {}

/** Options of a command line, `--name value`. Each reader throws a sentence that names what is missing. */
export class CommandOptions {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  has(name: string): boolean {
    return this.values.has(name);
  }

  text(name: string): string {
    const value = this.values.get(name);
    if (value === undefined || value.trim() === '') {
      throw new CommandRefused(`--${name} is missing`);
    }
    return value;
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

export function parseOptions(words: readonly string[]): CommandOptions {
  const values = new Map<string, string>();
  for (let index = 0; index < words.length; index += 2) {
    const [option = '', value] = words.slice(index, index + 2);
    if (!option.startsWith('--') || value === undefined) {
      throw new CommandRefused(`Options come as "--name value"; "${option}" does not`);
    }
    values.set(option.slice(2), value);
  }
  return new CommandOptions(values);
}
