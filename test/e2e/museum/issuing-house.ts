import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { rpcTo } from '../../../scripts/launch/chain-keys.js';
import { RecordEvent } from '../../../src/documents/index.js';
import { IssuerProfiles } from '../../../src/identity/index.js';
import { UnitOfWork } from '../../../src/platform/database/index.js';
import { parseEvidenceBundle, type EvidenceBundle } from '../../../src/proof/index.js';
import { RegisterDesk } from '../../medium/certificates/register-desk.js';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { invoiceRequest, lineRequest } from '../../support/invoice-request.js';
import { callerOf, type Running, type TestInstance, type TestIssuer } from '../../support/running-instance.js';
import type { Past } from './moody-node.js';
import type { KnownParty, Original, Originals, Stamped } from '../../vectors/museum/originals.js';
import { isListedAsRevoked } from '../../support/status-lists.js';
import { forgeAll } from './forgeries.js';

/** What the museum has in its cellar. */
export type Housed = {
  readonly originals: Originals;
  readonly parties: readonly KnownParty[];
  /** The service that issued them; it goes on answering. */
  readonly api: Running;
  readonly past: Past;
};

type Holder = { readonly caller: ApiCaller; readonly issued: Issued };
type Sound = Omit<Originals, 'chainId' | 'pending' | 'forged' | 'revertedTransaction' | 'strangerKey' | 'statusList'>;
type Cast = Readonly<Record<keyof Sound, Holder>>;
type First = Omit<Cast, 'later'> & { readonly mortgaged: Issued };

/** Machines that run other tests at the same time are slow. */
const PATIENCE = { timeoutMs: 150_000 };

/** Issues a document of every sort, and lets happen to them what happens to documents. */
export class IssuingHouse {
  constructor(
    private readonly instance: TestInstance,
    private readonly chainUrl: string,
  ) {}

  async issueAll(): Promise<Housed> {
    const desk = await RegisterDesk.open(this.instance);
    const [ours, theirs] = [await this.instance.addIssuer('tingtao'), await this.instance.addIssuer('yunfan')];
    const beforeAnchors = await this.blockNumber();
    const first = await this.issueFirst(desk, ours, theirs);
    const worker = await this.instance.startWorker();
    await this.allDone();
    const cast = await this.letHappen(desk, ours, first);
    await this.allDone();
    const beforeRevocations = await this.blockNumber();
    await cast.revoked.caller.post(`/v1/documents/${cast.revoked.issued.id}/revocation`, { reason: 'issued-in-error' });
    await this.allDone();
    await waitUntil('the lists are signed', () => this.areListsSigned(desk.api, [ours, theirs]), PATIENCE);
    await waitUntil(
      'ours says what was revoked',
      () => isListedAsRevoked(desk.api, cast.revoked.caller, cast.revoked.issued.id),
      PATIENCE,
    );
    const parties = await this.partiesOf(desk.api, [ours, theirs]);
    const originals: Originals = {
      ...{ ...(await collectAll(cast)), chainId: this.instance.settings.chainId },
      ...(await forgeAll(this.instance.settings, ours.id, parties)),
      statusList: await this.statusLists(desk.api, ours, theirs),
      pending: await this.pendingOf(cast.sound.caller),
    };
    await worker.stop();
    requireOneBatch(originals);
    return { api: desk.api, originals, parties, past: { beforeAnchors, beforeRevocations } };
  }

  /** For the first batches. */
  private async issueFirst(desk: RegisterDesk, ours: TestIssuer, theirs: TestIssuer): Promise<First> {
    const [caller, stranger] = [callerOf(desk.api, ours), callerOf(desk.api, theirs)];
    const invoices = (await caller.issueMany(5)).map((issued) => ({ caller, issued }));
    const [sound, sibling, eventful, revoked, redLettered] = invoices as [Holder, Holder, Holder, Holder, Holder];
    const foreign = { caller: stranger, issued: await stranger.issue() };
    const [sold, mortgaged] = [await desk.register(), await desk.register()];
    const mortgage = await desk.done(`/${mortgaged.id}/mortgage`, desk.loan());
    const [superseded, cancelled] = [
      { caller: desk.caller, issued: sold },
      { caller: desk.caller, issued: mortgage },
    ];
    return { sound, sibling, eventful, revoked, redLettered, foreign, superseded, cancelled, mortgaged };
  }

  /** For later ones: one more document, and what happens to the others. */
  private async letHappen(desk: RegisterDesk, ours: TestIssuer, { mortgaged, ...first }: First): Promise<Cast> {
    const { eventful, redLettered, superseded, cancelled } = first;
    const { caller } = first.sound;
    const lines = Array.from({ length: 40 }, () => lineRequest());
    const later = { caller, issued: await caller.issue(invoiceRequest({ lines })) };
    await this.record(desk.api, ours, eventful.issued);
    await this.record(desk.api, ours, eventful.issued);
    const red = await caller.post(`/v1/invoices/${redLettered.issued.id}/red-letters`, {
      ...{ reasonCode: '01', drawer: '周样宁' },
    });
    expectTaken(red.status);
    await desk.done(`/${superseded.issued.id}/transfer`, desk.sale());
    const proofNumber = cancelled.issued.number;
    await desk.done(`/${mortgaged.id}/proof-cancellation`, { ...desk.act(), proofNumber });
    return { ...first, later };
  }

  /** Every document drawn and anchored, every event and revocation too. */
  private async allDone(): Promise<void> {
    const isIdle = `select (select count(*) from document_events where leaf is null)
      + (select count(*) from document_revocations where state <> 'revoked') = 0`;
    await waitUntil('all has happened', async () => (await this.instance.value(isIdle)) === true, PATIENCE);
    await this.instance.waitUntilAnchored('anchored', PATIENCE.timeoutMs);
  }

  /** Its batch is closed and its transaction sent, and no block takes it any more. MUST come last. */
  private async pendingOf(caller: ApiCaller): Promise<Original> {
    await rpcTo(this.chainUrl)('evm_setAutomine', false);
    const issued = await caller.issue();
    const isReady = async (): Promise<boolean> => {
      const { status, body } = await caller.get<EvidenceBundle>(`/v1/documents/${issued.id}/evidence`);
      return status === 200 && body.anchors.length > 0;
    };
    await waitUntil('it is in a batch', isReady, PATIENCE);
    return original({ caller, issued });
  }

  private async record(api: Running, issuer: TestIssuer, { id }: Issued): Promise<void> {
    const profile = await api.app.get(IssuerProfiles, { strict: false }).get(issuer.id);
    const recordEvent = api.app.get(RecordEvent, { strict: false });
    const event = { type: 'partially-red-lettered', payload: { amount: '-1.00' } };
    await api.app
      .get(UnitOfWork, { strict: false })
      .run((tx) => recordEvent.execute(tx, profile, id, event), { issuerId: issuer.id });
  }

  private async partiesOf(api: Running, issuers: readonly TestIssuer[]): Promise<KnownParty[]> {
    const known = await this.instance.query<{ id: string }>('select id from issuers');
    const first = new Set(issuers.map(({ id }) => id));
    const ids = [...issuers.map(({ id }) => id), ...known.map(({ id }) => id).filter((id) => !first.has(id))];
    const profiles = api.app.get(IssuerProfiles, { strict: false });
    return Promise.all(
      ids.map(async (id) => {
        const { store, name, domain } = (await profiles.get(id)).issuer;
        return { store, name, domain };
      }),
    );
  }

  private async areListsSigned(api: Running, issuers: readonly TestIssuer[]): Promise<boolean> {
    const answers = await Promise.all(issuers.map(({ store }) => fetch(`${api.url}/v1/status-lists/${listOf(store)}`)));
    return answers.every(({ status }) => status === 200);
  }

  private async statusLists(api: Running, ours: TestIssuer, theirs: TestIssuer): Promise<Originals['statusList']> {
    const tokenOf = async ({ store }: TestIssuer): Promise<string> =>
      (await fetch(`${api.url}/v1/status-lists/${listOf(store)}`)).text();
    return { id: listOf(ours.store), token: await tokenOf(ours), foreignToken: await tokenOf(theirs) };
  }

  private async blockNumber(): Promise<number> {
    return Number(await rpcTo(this.chainUrl)('eth_blockNumber'));
  }
}

/** Without which some pieces would show nothing. */
function requireOneBatch({ sound, sibling, later }: Originals): void {
  const [root, same, other] = [sound, sibling, later].map(({ bundle }) => bundle.document.signature.merkleRoot);
  if (root !== same || root === other) {
    throw new Error('The first two documents have to be in one batch, and the third in another');
  }
}

function expectTaken(status: number): void {
  if (status !== 201) {
    throw new Error(`Refused with ${status}`);
  }
}

const listOf = (store: string): string => `${store.toLowerCase()}-revocation-0`;

async function collectAll(cast: Cast): Promise<Sound> {
  const collected = await Promise.all(
    Object.entries(cast).map(async ([name, holder]) => [name, await stamped(holder)] as const),
  );
  return Object.fromEntries(collected) as Sound;
}

async function original({ caller, issued }: Holder): Promise<Original> {
  const file = await caller.file(issued.id);
  const { body } = await caller.get(`/v1/documents/${issued.id}/evidence`);
  const { documentAddress } = issued;
  return { documentAddress, issued: file.bytes, bundle: parseEvidenceBundle(body) };
}

async function stamped(holder: Holder): Promise<Stamped> {
  const { caller, issued } = holder;
  const { status, bytes } = await caller.file(issued.id, 20, { revision: 'anchored' });
  if (status !== 200) {
    throw new Error(`The anchored copy of ${issued.number}: ${status}`);
  }
  return { ...(await original(holder)), anchored: bytes };
}
