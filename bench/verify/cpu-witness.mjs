// Loaded before a contestant: writes down, at its end, the processor time that its process took.
import { writeFileSync } from 'node:fs';

process.once('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.CPU_WITNESS, JSON.stringify({ cpuMs: (user + system) / 1_000 }));
});
