import { createHash } from 'node:crypto';
import { fromHex, toHex, type IdSource } from '../kernel/index.js';

/** A machine credential. Its owner can be read from it, so that its row is looked up behind the owner's row-level security. */
export type ApiKey = { readonly ownerId: string; readonly keyId: string; readonly secret: Uint8Array };

const SHAPE = /^cmk_([0-9a-f]{32})_([0-9a-f]{32})_([0-9a-f]{64})$/;

/** `cmk_<owner>_<key id>_<256-bit secret>`, all hex. */
export function formatApiKey({ ownerId, keyId, secret }: ApiKey): string {
  return `cmk_${ownerId.replaceAll('-', '')}_${keyId.replaceAll('-', '')}_${toHex(secret)}`;
}

/** `null` when the text is no key of ours. */
export function parseApiKey(text: string): ApiKey | null {
  const [, owner, key, secret] = SHAPE.exec(text) ?? [];
  if (owner === undefined || key === undefined || secret === undefined) {
    return null;
  }
  return { ownerId: asUuid(owner), keyId: asUuid(key), secret: fromHex(secret) };
}

export function generateApiKey(ids: IdSource, ownerId: string): ApiKey {
  return { ownerId, keyId: ids.uuid(), secret: ids.bytes(32) };
}

/** What is stored of a key. The secret has 256 random bits, so a fast hash gives nothing away. */
export function hashOfSecret(secret: Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}

function asUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
