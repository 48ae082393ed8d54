import { readFileSync } from 'node:fs';
import type { IssuerCertificate } from '../identity/index.js';
import { deployContracts } from '../platform/chain/index.js';
import type { Settings } from '../platform/config/index.js';
import { revokeUnknownRoots, runFsck, runReconcile } from './audit-commands.js';
import { chainsOf } from './chains.js';
import { CommandRefused, parseOptions, type CommandOptions } from './command-options.js';
import { migrate } from './migrations.js';
import { OperatorDesk } from './operator-desk.js';

const ALGORITHMS = ['ES256', 'RS256'] as const;

type Command = {
  readonly usage: string;
  /** Options that have no value. */
  readonly flags?: readonly string[];
  readonly run: (settings: Settings, options: CommandOptions) => Promise<unknown>;
};

/** Each answers something that is printed as one line of JSON, so that scripts can use it; nothing when it has printed itself. */
const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: {
    usage: 'migrate',
    run: async ({ databaseUrl }) => {
      await migrate(databaseUrl);
      return { migrated: true };
    },
  },
  'deploy-contracts': { usage: 'deploy-contracts', run: deployFactory },
  'deploy-stores': {
    usage: 'deploy-stores',
    run: (settings) => atDesk(settings, (desk) => desk.deployStores()),
  },
  'admit-relayers': {
    usage: 'admit-relayers',
    run: (settings) => atDesk(settings, (desk) => desk.admitRelayers()),
  },
  'dismiss-relayer': {
    usage: 'dismiss-relayer --account 0x…',
    run: (settings, options) => atDesk(settings, (desk) => desk.dismissRelayer(options.text('account'))),
  },
  'add-issuer': {
    usage: 'add-issuer --name N --tax-id USCC --region 440300 --tax-bureau N --domain D [--mandate sample|state]',
    run: (settings, options) => atDesk(settings, (desk) => addIssuer(desk, options)),
  },
  'list-issuers': { usage: 'list-issuers', run: (settings) => atDesk(settings, (desk) => desk.listIssuers()) },
  'add-claimant': {
    usage: 'add-claimant --name N --tax-id USCC',
    run: (settings, options) =>
      atDesk(settings, (desk) => desk.addClaimant({ name: options.text('name'), taxId: options.text('tax-id') })),
  },
  'list-claimants': { usage: 'list-claimants', run: (settings) => atDesk(settings, (desk) => desk.listClaimants()) },
  'create-key': {
    usage: 'create-key --owner ID --label L [--kind issuer|claimant], or create-key --kind operator --label L',
    run: (settings, options) => atDesk(settings, (desk) => createKey(desk, options)),
  },
  'revoke-key': {
    usage: 'revoke-key --owner ID --key ID',
    run: (settings, options) => atDesk(settings, (desk) => revokeKey(desk, options)),
  },
  'make-certificate': {
    usage: 'make-certificate --issuer ID [--algorithm ES256|RS256]',
    run: (settings, options) =>
      atDesk(settings, async (desk) =>
        shown(await desk.makeCertificate(options.text('issuer'), options.choice('algorithm', ALGORITHMS))),
      ),
  },
  'request-certificate': {
    usage: 'request-certificate --issuer ID [--algorithm ES256|RS256]',
    run: (settings, options) =>
      atDesk(settings, async (desk) => ({
        request: await desk.requestCertificate(options.text('issuer'), options.choice('algorithm', ALGORITHMS)),
      })),
  },
  'install-certificate': {
    usage: 'install-certificate --issuer ID --chain FILE [--key FILE]',
    run: (settings, options) => atDesk(settings, (desk) => installCertificate(desk, options)),
  },
  'list-certificates': {
    usage: 'list-certificates --issuer ID',
    run: (settings, options) =>
      atDesk(settings, async (desk) => (await desk.listCertificates(options.text('issuer'))).map(shown)),
  },
  'revoke-unknown-roots': {
    usage: 'revoke-unknown-roots --since T [--issuer ID] [--apply]',
    flags: ['apply'],
    run: revokeUnknownRoots,
  },
  fsck: {
    usage: 'fsck [--issuer ID] [--since T] [--sample N] [--json]',
    flags: ['json'],
    run: runFsck,
  },
  reconcile: {
    usage: 'reconcile [--apply] [--retry-drawing] [--issuer ID] [--since T] [--sample N] [--json]',
    flags: ['apply', 'retry-drawing', 'json'],
    run: runReconcile,
  },
};

/** Runs one operator's command and prints its answer. Throws a list of the commands when there is none of that name. */
export async function runCommand(settings: Settings, [name = '', ...rest]: readonly string[]): Promise<void> {
  const command = COMMANDS[name];
  if (command === undefined) {
    throw new CommandRefused(
      `Commands:\n${Object.values(COMMANDS)
        .map(({ usage }) => `  ${usage}`)
        .join('\n')}`,
    );
  }
  const answer = await command.run(settings, parseOptions(rest, command.flags));
  if (answer !== undefined) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

async function atDesk<Answer>(settings: Settings, work: (desk: OperatorDesk) => Promise<Answer>): Promise<Answer> {
  const desk = await OperatorDesk.open(settings);
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}

async function deployFactory(settings: Settings): Promise<unknown> {
  const chains = chainsOf(settings);
  try {
    const deployed: Record<string, unknown> = {};
    for (const { chainId, client } of chains.all) {
      deployed[`eip155:${chainId}`] = await deployContracts(client, settings.chainAdminKey);
    }
    return deployed;
  } finally {
    chains.close();
  }
}

function addIssuer(desk: OperatorDesk, options: CommandOptions): Promise<unknown> {
  return desk.addIssuer({
    name: options.text('name'),
    taxId: options.text('tax-id'),
    regionCode: options.text('region'),
    taxBureau: options.text('tax-bureau'),
    domain: options.text('domain'),
    mandate: options.choice('mandate', ['sample', 'state']),
  });
}

async function createKey(desk: OperatorDesk, options: CommandOptions): Promise<unknown> {
  const kind = options.choice('kind', ['issuer', 'claimant', 'operator']);
  if (kind === 'operator') {
    return { apiKey: await desk.createOperatorKey(options.text('label')) };
  }
  return { apiKey: await desk.createKey(kind, options.text('owner'), options.text('label')) };
}

async function revokeKey(desk: OperatorDesk, options: CommandOptions): Promise<unknown> {
  await desk.revokeKey(options.text('owner'), options.text('key'));
  return { revoked: options.text('key') };
}

function installCertificate(desk: OperatorDesk, options: CommandOptions): Promise<unknown> {
  const read = (name: string): string => readText(options.text(name));
  const key = options.has('key') ? read('key') : undefined;
  return desk.installCertificate(options.text('issuer'), read('chain'), key).then(shown);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandRefused(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** Without the bytes. */
function shown({ certificates, ...facts }: IssuerCertificate): unknown {
  return { ...facts, certificates: certificates.length };
}
