import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What this installation keeps to itself. Lost with the file: readable contents and control over the stores. */
export type Secrets = { readonly masterKey: string; readonly relayerKey: string; readonly adminKey: string };

/** Makes the secrets at the first start and reads them at the next ones; only the owner of the file can. */
export function keepSecrets(file: string): Secrets {
  if (existsSync(file)) {
    return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  }
  const key = (): string => randomBytes(32).toString('hex');
  const secrets = { masterKey: key(), relayerKey: key(), adminKey: key() };
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
