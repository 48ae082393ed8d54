import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { id as topicOf, JsonRpcProvider } from 'ethers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { WorkerModule } from '../../../src/composition/worker.module.js';
import { RevokeOnChain } from '../../../src/documents/index.js';
import { addressOf, ChainClient } from '../../../src/platform/chain/index.js';
import { Logger, Metrics } from '../../../src/platform/observability/index.js';
import type { ApiCaller, Issued, Problem } from '../../support/api-caller.js';
import { callerOf, TestInstance, type TestIssuer } from '../../support/running-instance.js';

let instance: TestInstance;
let issuer: TestIssuer;
let caller: ApiCaller;
const opened: INestApplicationContext[] = [];

beforeEach(async () => {
  instance = await TestInstance.make();
  issuer = await instance.addIssuer();
  caller = callerOf(await instance.startApi(), issuer);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((context) => context.close()));
  await instance.close();
});

const revoke = ({ id }: Issued, body: unknown = { reason: 'issued-in-error', text: '金额有误' }) =>
  caller.post<{ seq: number; status: string } & Problem>(`/v1/documents/${id}/revocation`, body);

/** What a worker process is made of, with nothing in it running by itself. */
async function idleWorker(): Promise<INestApplicationContext> {
  const context = await NestFactory.createApplicationContext(WorkerModule.for(instance.settings), { logger: false });
  opened.push(context);
  return context;
}

async function anchored(count: number): Promise<Issued[]> {
  const issued = await caller.issueMany(count);
  const worker = await instance.startWorker();
  await instance.waitUntilAnchored();
  await worker.stop();
  return issued;
}

const provider = (): JsonRpcProvider => new JsonRpcProvider(instance.settings.chainRpcUrls[0]);
const adminTransactions = (): Promise<number> =>
  provider().getTransactionCount(addressOf(`0x${instance.settings.chainAdminKey.replace('0x', '')}`));
const revokedLogs = async (): Promise<number> =>
  (
    await provider().getLogs({
      ...{ address: issuer.store, topics: [topicOf('Revoked(bytes32)')] },
      ...{ fromBlock: 0, toBlock: 'latest' },
    })
  ).length;
const isDone = async (): Promise<boolean> =>
  (await instance.value(`select bool_and(state = 'revoked') from document_revocations`)) === true;

describe('revoking', () => {
  it('takes a document out of force at once, and on the chain soon after; a second time is refused', async () => {
    const issued = await caller.issue();
    const answer = await revoke(issued);
    const again = await revoke(issued);
    expect([answer.status, answer.body]).toEqual([201, { seq: 1, status: 'revoked' }]);
    expect([again.status, again.body.code]).toEqual([409, 'documents.transition-refused']);

    await instance.startWorker();
    await waitUntil('the chain has it', isDone, { timeoutMs: 30_000 });
    expect(await revokedLogs()).toBe(1);
    const verification = await caller.post<{ verdict: string; facts: { question: string; code: string }[] }>(
      '/v1/verifications',
      { documentAddress: issued.documentAddress },
    );
    expect(verification.body.verdict).toBe('not-valid');
    expect(verification.body.facts.find(({ question }) => question === 'status')?.code).toBe('status.revoked');
  });

  it('answers the same event to a repeated key, and refuses the key for another request or document', async () => {
    const [issued, other] = [await caller.issue(), await caller.issue()];
    const key = { 'idempotency-key': 'revocation-1' };
    const send = ({ id }: Issued, reason = 'fraud') =>
      caller.post<{ seq: number; status: string } & Problem>(`/v1/documents/${id}/revocation`, { reason }, key);

    const answers = await Promise.all(Array.from({ length: 10 }, () => send(issued)));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      Array(10).fill([201, { seq: 1, status: 'revoked' }]),
    );
    for (const reused of [await send(issued, 'court-order'), await send(other)]) {
      expect([reused.status, reused.body.code]).toEqual([422, 'idempotency.key-reused']);
    }
    expect((await revoke(issued, { reason: 'fraud' })).status).toBe(409);
    expect(await instance.value('select count(*)::int from document_revocations')).toBe(1);
    expect((await caller.get<{ status: string }>(`/v1/documents/${other.id}`)).body.status).toBe('issued');
  });

  it('lets one of two documents win a key that both are sent under at once', async () => {
    const issued = await caller.issueMany(2);
    const answers = await Promise.all(
      issued.map(({ id }) =>
        caller.post(`/v1/documents/${id}/revocation`, { reason: 'fraud' }, { 'idempotency-key': 'revocation-2' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(await instance.value('select count(*)::int from document_revocations')).toBe(1);
  });

  it('names what is wrong with a request, finds no document of others, and stores nothing', async () => {
    const issued = await caller.issue();
    const before = await instance.rowCounts();
    const wrong = await revoke(issued, { reason: 'because', text: '‮', extra: '1' });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors?.map(({ field }) => field).sort()).toEqual(['extra', 'reason', 'text']);
    expect((await revoke({ ...issued, id: '01890000-0000-7000-8000-000000000000' })).status).toBe(404);
    expect(await instance.rowCounts()).toEqual(before);
  });
});

describe('bringing revocations to the chain', () => {
  it('is told to the operator: how many are open, and each when it is settled', async () => {
    const [issued] = (await anchored(1)) as [Issued];
    await revoke(issued);
    const worker = await idleWorker();
    const told = vi.spyOn(worker.get(Logger, { strict: false }), 'info');
    const gauges = async (): Promise<string> => worker.get(Metrics, { strict: false }).text();
    expect(await gauges()).toMatch(/^chopmark_revocations_open 1$/m);
    await waitUntil('it is settled', async () => {
      await worker.get(RevokeOnChain).execute();
      return isDone();
    });
    await worker.get(RevokeOnChain).execute();
    expect(await gauges()).toMatch(/^chopmark_revocations_open 0$/m);
    const settled = told.mock.calls.filter(([code]) => code === 'revocation.settled');
    expect(settled).toMatchObject([['revocation.settled', { documentId: issued.id, issuerId: issuer.id }]]);
  });

  it.each([
    { moment: 'between the broadcast and its note', sent: true },
    { moment: 'between the commit and the broadcast', sent: false },
  ])('does it in one transaction although the worker dies $moment', async ({ sent }) => {
    const [issued] = await anchored(1);
    await revoke(issued as Issued);
    const before = await adminTransactions();
    const dying = await idleWorker();
    const chain = dying.get(ChainClient);
    const broadcast = chain.broadcast.bind(chain);
    vi.spyOn(chain, 'broadcast').mockImplementation(async (raw) => {
      if (sent) {
        await broadcast(raw);
      }
      throw new Error('killed');
    });
    await expect(dying.get(RevokeOnChain).execute()).rejects.toThrow('killed');

    const next = (await idleWorker()).get(RevokeOnChain);
    await waitUntil('it is settled', async () => {
      await next.execute();
      return isDone();
    });

    expect((await adminTransactions()) - before).toBe(1);
    expect(await revokedLogs()).toBe(1);
  });

  it('carries many at once, each once, with two workers at it', async () => {
    const issued = await anchored(40);
    await Promise.all(issued.map((document) => revoke(document)));
    const before = await adminTransactions();
    const workers = (await Promise.all([idleWorker(), idleWorker()])).map((worker) => worker.get(RevokeOnChain));

    await Promise.all(workers.map((worker) => worker.execute()));
    await waitUntil('all are settled', async () => {
      await Promise.all(workers.map((worker) => worker.execute()));
      return isDone();
    });

    expect(await revokedLogs()).toBe(40);
    expect((await adminTransactions()) - before).toBe(1);
  });

  it('signs nothing for what the store holds already', async () => {
    const issued = await anchored(2);
    await Promise.all(issued.map((document) => revoke(document)));
    const worker = (await idleWorker()).get(RevokeOnChain);
    await waitUntil('all are settled', async () => {
      await worker.execute();
      return isDone();
    });
    const before = await adminTransactions();
    await instance.query(`update document_revocations set state = 'pending', nonce = null, revoked_at = null`);
    await worker.execute();
    expect(await isDone()).toBe(true);
    expect(await adminTransactions()).toBe(before);
  });
});
