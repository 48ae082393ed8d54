import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { openStatusList, type StatusList, type StatusListTools } from '../../proof/index.js';

const unzip = promisify(gunzip);

/** `openStatusList` with what this process has for it; throws as it does. */
export function openSignedList(token: string, isBelieved: StatusListTools['isBelieved']): Promise<StatusList> {
  return openStatusList(token, {
    subtle: globalThis.crypto.subtle,
    gunzip: (compressed, limit) => unzip(compressed, { maxOutputLength: limit }),
    isBelieved,
  });
}
