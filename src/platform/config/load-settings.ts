import { describedSettings } from './setting.js';
import { Settings } from './settings.js';

/** Every mistake of the environment at once, so that it is mended in one go. */
export class InvalidSettings extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(`The configuration is wrong:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

/** Reads `Settings` from `environment`. Throws `InvalidSettings` naming every mistake; values of secrets are never repeated. */
export function loadSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const settings = new Settings();
  const mistakes: string[] = [];
  for (const [field, { env, parse, required }] of describedSettings()) {
    const text = environment[env]?.trim() ?? '';
    if (text === '') {
      if (required === true) {
        mistakes.push(`${env} is missing`);
      }
      continue;
    }
    try {
      Object.assign(settings, { [field]: parse(text) });
    } catch (error) {
      mistakes.push(`${env} ${(error as Error).message}`);
    }
  }
  if (settings.furtherChains.some(({ chainId }) => chainId === settings.chainId)) {
    mistakes.push('FURTHER_CHAINS names the chain of CHAIN_ID again');
  }
  if (mistakes.length > 0) {
    throw new InvalidSettings(mistakes);
  }
  return settings;
}
