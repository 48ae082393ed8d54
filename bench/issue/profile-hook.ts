import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

/**
 * Loaded into the API process: SIGWINCH begins a CPU profile, and the next one ends it and writes it down. (Nest takes
 * SIGUSR2 as a wish to stop.)
 */
const session = new Session();
session.connect();
let isProfiling = false;

process.on('SIGWINCH', () => {
  if (!isProfiling) {
    isProfiling = true;
    session.post('Profiler.enable');
    session.post('Profiler.setSamplingInterval', { interval: 500 });
    session.post('Profiler.start');
    return;
  }
  isProfiling = false;
  session.post('Profiler.stop', (error, answer) => {
    writeFileSync(process.env['CHOPMARK_PROFILE'] ?? '', error === null ? JSON.stringify(answer.profile) : '{}');
  });
});
