import { buildVerifier, LARGEST_COMMAND_BYTES } from './verifier/build.js';
import { declareTypes } from './verifier/declare-types.js';

/**
 * `npm run build:verifier`: bundles the stand-alone verifier into `verifier/dist`, with the types of the library beside it.
 * Without `--types` they are left out: whoever only runs the command needs none, and they take longer than all the rest.
 */
const { commandBytes, files } = await buildVerifier('verifier/dist');
for (const { name, bytes } of files) {
  console.log(`${name.padEnd(24)} ${(bytes / 1024).toFixed(1).padStart(7)} KB`);
}
console.log(`The command takes ${(commandBytes / 1024).toFixed(1)} of ${LARGEST_COMMAND_BYTES / 1024} KB.`);
if (process.argv.includes('--types')) {
  declareTypes('verifier/dist/types');
}
process.exitCode = commandBytes <= LARGEST_COMMAND_BYTES ? 0 : 1;
