import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as oaVerify from '@govtechsg/oa-verify';
import * as ttVerify from '@tradetrust-tt/tt-verify';

/**
 * A verifier that others wrote, over a folder of OpenAttestation documents: `peer.js <name> <folder> <rpc> <count>`. Its
 * start-up is not counted. Says as JSON what it took, and of how many it said that they hold.
 */
const [name, folder = '', rpcUrl = '', count = ''] = process.argv.slice(2);
const AT_ONCE = 16;

// Both libraries have the same API but not the same types.
const tool = (name === 'tt-verify' ? ttVerify : (oaVerify as unknown)) as typeof ttVerify;
const verify = tool.verificationBuilder([tool.openAttestationHash, tool.openAttestationEthereumDocumentStoreStatus], {
  provider: tool.utils.generateProvider({ providerType: 'jsonrpc', network: 'local', url: rpcUrl }),
});
const documents = readdirSync(folder)
  .slice(0, Number(count))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Parameters<typeof verify>[0]);

let valid = 0;
const judge = async (document: (typeof documents)[number]): Promise<void> => {
  const fragments = await verify(document);
  valid += tool.isValid(fragments, ['DOCUMENT_INTEGRITY', 'DOCUMENT_STATUS']) ? 1 : 0;
};
// The first one alone: connections and compiled code are not what is compared.
await judge(documents[0] as (typeof documents)[number]);
valid = 0;

const cpuBefore = process.cpuUsage();
const started = performance.now();
const waiting = documents.values();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const document of waiting) {
      await judge(document);
    }
  }),
);
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ valid, wallMs: performance.now() - started, cpuMs: (user + system) / 1_000 }));
process.exit(0);
