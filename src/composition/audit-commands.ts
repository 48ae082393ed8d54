import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type AuditScope, type Disowned, DisownRoots, Fsck, type Progress, Reconcile } from '../audit/index.js';
import { IdentityRepository } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import type { Settings } from '../platform/config/index.js';
import { DatabaseUnavailable, UnitOfWork } from '../platform/database/index.js';
import { AuditProcessModule } from './audit.module.js';
import { AuditReport, EXIT } from './audit-report.js';
import { CommandRefused, type CommandOptions } from './command-options.js';

const PROGRESS_EVERY_MS = 1_000;

/** Prints each difference as it is found. The process ends with 0 when there is none, 1 when there is, 2 when it could not ask. */
export async function runFsck(settings: Settings, options: CommandOptions): Promise<void> {
  await underAudit(settings, options, async (app, { scope, report, progress }) => {
    for await (const finding of app.get(Fsck).execute(scope, progress)) {
      report.tell(finding);
    }
  });
}

/** The same, with what was done about each, or would be without `--apply`. */
export async function runReconcile(settings: Settings, options: CommandOptions): Promise<void> {
  const how = { apply: options.has('apply'), retry: options.has('retry-drawing') };
  await underAudit(settings, options, async (app, { scope, report, progress }) => {
    for await (const { finding, repair } of app.get(Reconcile).execute(scope, how, progress)) {
      report.tell(finding, repair);
    }
  });
}

/** Each root with what was done about it, or would be without `--apply`. */
export async function revokeUnknownRoots(settings: Settings, options: CommandOptions): Promise<readonly Disowned[]> {
  const { issuerId } = scopeOf(options);
  const since = timeIn(options.text('since'));
  return inAuditProcess(settings, async (app) => {
    await requireIssuer(app, { issuerId });
    const disowned: Disowned[] = [];
    for await (const root of app.get(DisownRoots).execute({ issuerId, since, apply: options.has('apply') })) {
      disowned.push(root);
    }
    return disowned;
  });
}

type Surroundings = { readonly scope: AuditScope; readonly report: AuditReport; readonly progress: Progress };

async function underAudit(
  settings: Settings,
  options: CommandOptions,
  work: (app: INestApplicationContext, surroundings: Surroundings) => Promise<void>,
): Promise<void> {
  const scope = scopeOf(options);
  const report = new AuditReport(options.has('json'), (line) => process.stdout.write(`${line}\n`));
  try {
    await inAuditProcess(settings, async (app) => {
      await requireIssuer(app, scope);
      await work(app, { scope, report, progress: progressOf(app.get(Clock), report) });
    });
    process.exitCode = report.finish();
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.notAsked;
  }
}

async function inAuditProcess<Answer>(
  settings: Settings,
  work: (app: INestApplicationContext) => Promise<Answer>,
): Promise<Answer> {
  const module = AuditProcessModule.for(settings);
  const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

function timeIn(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) {
    throw new CommandRefused('--since must be a time such as 2026-01-31T00:00:00+08:00');
  }
  return time;
}

function scopeOf(options: CommandOptions): AuditScope {
  const [since, sample] = [options.optional('since'), options.optional('sample')];
  if (sample !== undefined && !/^[1-9]\d{0,8}$/.test(sample)) {
    throw new CommandRefused('--sample must be a whole number of documents');
  }
  return {
    issuerId: options.optional('issuer'),
    since: since === undefined ? undefined : timeIn(since),
    sample: sample === undefined ? undefined : Number(sample),
  };
}

async function requireIssuer(app: INestApplicationContext, { issuerId }: AuditScope): Promise<void> {
  const issuers = await app.get(UnitOfWork).run((tx) => app.get(IdentityRepository).listIssuers(tx));
  if (issuerId !== undefined && !issuers.some(({ id }) => id === issuerId)) {
    throw new CommandRefused(`There is no issuer ${issuerId}; \`list-issuers\` tells which there are`);
  }
}

/** On standard error, so that findings can be piped; at most once a second. */
function progressOf(clock: Clock, report: AuditReport): Progress {
  let toldAt = clock.now().getTime();
  return (at) => {
    report.count(at);
    const now = clock.now().getTime();
    if (now - toldAt >= PROGRESS_EVERY_MS) {
      toldAt = now;
      process.stderr.write(`${at.phase}: ${at.done} of ${at.total}\n`);
    }
  };
}
