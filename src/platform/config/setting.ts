/** How one environment variable is read, documented and kept out of logs. */
export type SettingDescription = {
  readonly env: string;
  readonly group:
    'process' | 'http' | 'database' | 'queue' | 'chain' | 'anchoring' | 'secrets' | 'documents' | 'signing';
  readonly describe: string;
  readonly parse: (text: string) => unknown;
  readonly format: string;
  readonly secret?: boolean;
  /** Without a value the process does not start. */
  readonly required?: boolean;
};

const registry = new Map<string, SettingDescription>();

/** Declares a field of `Settings` as read from the environment; its initial value is the default. */
export function Setting(description: SettingDescription): PropertyDecorator {
  return (_target, property) => {
    registry.set(String(property), description);
  };
}

/** Every declared setting by field name, in order of declaration. */
export function describedSettings(): ReadonlyMap<string, SettingDescription> {
  return registry;
}
