import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type AuditScope, type Finding, Fsck, Reconcile, type Reconciled } from '../../../src/audit/index.js';
import { AuditProcessModule } from '../../../src/composition/audit.module.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { callerOf, TestInstance, type TestIssuer } from '../../support/running-instance.js';
import { startChain, type TestChain } from '../anchoring/anchoring-world.js';

const QUIET = (): void => undefined;

/** A flipped bit in the middle of a `bytea` column. */
export const flipped = (column: string, at = 20): string =>
  `${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`;

export type AuditWorld = Awaited<ReturnType<typeof makeAuditWorld>>;

/** An instance with a chain of its own, and the commands of an operator inside this process. */
export async function makeAuditWorld(overrides: Readonly<Record<string, string>> = {}) {
  const chain = await startChain();
  const instance = await TestInstance.make({
    ...{ CHAIN_RPC_URL: chain.url, CHAIN_ID: String(chain.chainId), ...overrides },
  });
  const issuer = await instance.addIssuer();
  const caller = callerOf(await instance.startApi(), issuer);
  const apps: INestApplicationContext[] = [];
  const open = async (settings = instance.settings): Promise<INestApplicationContext> => {
    const app = await NestFactory.createApplicationContext(AuditProcessModule.for(settings), {
      ...{ logger: false, abortOnError: false },
    });
    apps.push(app);
    return app;
  };
  const fsck = async (scope: AuditScope = {}): Promise<Finding[]> => fsckIn(await open(), scope);
  const reconcile = async (how: { apply: boolean; retry?: boolean }): Promise<Reconciled[]> => {
    const done: Reconciled[] = [];
    for await (const one of (await open()).get(Reconcile).execute({}, { retry: false, ...how }, QUIET)) {
      done.push(one);
    }
    return done;
  };
  /** Does what no process of ours would do, looks, and puts everything back. */
  const whileDamaged = async <Answer>(tables: readonly string[], sql: string, look: () => Promise<Answer>) => {
    await unbound(instance, tables.map((table) => `create table saved_${table} as table ${table}`).join(';'));
    try {
      await unbound(instance, sql);
      return await look();
    } finally {
      const restored = tables.map(
        (table) => `delete from ${table}; insert into ${table} overriding system value table saved_${table}`,
      );
      await unbound(instance, [...restored, ...tables.map((table) => `drop table saved_${table}`)].join(';'));
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all(apps.map((app) => app.close()));
    await instance.close();
    await chain.stop();
  };
  return { chain, instance, issuer, caller, open, fsck, reconcile, whileDamaged, close };
}

export async function fsckIn(app: INestApplicationContext, scope: AuditScope = {}): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of app.get(Fsck).execute(scope, QUIET)) {
    findings.push(finding);
  }
  return findings;
}

/** Constraints and triggers look away, as they do for whoever restores half a backup. */
export async function unbound(instance: TestInstance, sql: string): Promise<void> {
  await instance.query(`begin; set local session_replication_role = replica; ${sql}; commit`);
}

/** Runs a worker until everything is anchored and every revocation recorded, then stops it. */
export async function settle(instance: TestInstance, state: 'anchored' | 'confirmed' = 'confirmed'): Promise<void> {
  const worker = await instance.startWorker();
  const isOpen = `select (select count(*) from document_revocations where state <> 'revoked')
    + (select count(*) from document_events where leaf is null)`;
  await waitUntil('revocations are recorded', async () => Number(await instance.value(isOpen)) === 0, {
    timeoutMs: 60_000,
  });
  await instance.waitUntilAnchored(state);
  await worker.stop();
}

/** Runs a worker that seals nothing until status lists show all that ended, then stops it. */
export async function makeLists(instance: TestInstance): Promise<void> {
  const worker = await instance.startWorker({ ANCHOR_BATCH_MAX_AGE_MS: '3600000' });
  const open = `select (select count(*) from document_ends where not listed)
    + (select count(*) from document_events where leaf is null) + (2 - (select count(*) from status_lists))`;
  await waitUntil('lists show what ended', async () => Number(await instance.value(open)) === 0, { timeoutMs: 60_000 });
  await worker.stop();
}

/** Four invoices in one batch, of which the last was revoked in a later one. */
export async function fourInvoices({
  caller,
  instance,
}: {
  caller: ApiCaller;
  instance: TestInstance;
}): Promise<Issued[]> {
  const issued = await caller.issueMany(4);
  const byNumber = issued.sort((left, right) => (left.number < right.number ? -1 : 1));
  const drawer = await instance.startWorker({ ANCHOR_BATCH_MAX_AGE_MS: '3600000' });
  await instance.waitUntilRendered();
  await drawer.stop();
  await settle(instance);
  const revocation = { reason: 'issued-in-error', text: '金额有误' };
  await caller.post(`/v1/documents/${byNumber[3]?.id ?? ''}/revocation`, revocation);
  await settle(instance);
  return byNumber;
}

export type { TestChain, TestIssuer };
