import { once } from 'node:events';
import packageJson from '../package.json' with { type: 'json' };
import { run } from './run.js';

/** The command. Everything it does is in `run`; here it meets the process. */
const { stdout, stderr, argv } = process;

// A reader that has seen enough (`| head`) closes the pipe.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? process.exitCode : 70);
});

process.exitCode = await run({
  args: argv.slice(2),
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
  now: new Date(),
  version: packageJson.version,
  write: async (text) => {
    if (!stdout.write(text)) {
      await once(stdout, 'drain');
    }
  },
  complain: (text) => {
    stderr.write(text);
  },
});
