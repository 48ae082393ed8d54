import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import {
  CLAIMANT_SCOPES,
  DeployStore,
  IdentityRepository,
  ISSUER_SCOPES,
  ManageKeys,
  RegisterClaimant,
  RegisterIssuer,
} from '../identity/index.js';
import { ChainClient, deployContracts } from '../platform/chain/index.js';
import type { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { CliModule } from './cli.module.js';
import { migrate } from './migrations.js';
import { parseOptions, type CommandOptions } from './command-options.js';

type Command = {
  readonly usage: string;
  readonly run: (app: INestApplicationContext, options: CommandOptions, settings: Settings) => Promise<unknown>;
};

/** Each answers something that is printed as JSON, so that scripts can use it. */
const COMMANDS: Readonly<Record<string, Command>> = {
  'deploy-contracts': {
    usage: 'deploy-contracts — puts the factory on the chain, where it is not there yet',
    run: (app, _options, settings) => deployContracts(app.get(ChainClient), settings.chainAdminKey),
  },
  'add-issuer': {
    usage: 'add-issuer --name N --tax-id USCC --region 440300 --tax-bureau N --domain D [--mandate sample|state]',
    run: addIssuer,
  },
  'deploy-stores': {
    usage: 'deploy-stores — puts the stores of all issuers on the chain, where missing',
    run: deployStores,
  },
  'list-issuers': { usage: 'list-issuers', run: listIssuers },
  'list-claimants': { usage: 'list-claimants', run: listClaimants },
  'add-claimant': { usage: 'add-claimant --name N --tax-id USCC', run: addClaimant },
  'create-key': {
    usage: 'create-key --owner ID --kind issuer|claimant --label L — shows the key this once',
    run: createKey,
  },
  'revoke-key': { usage: 'revoke-key --owner ID --key ID', run: revokeKey },
};

/** Runs one operator's command and prints its answer. `migrate` is apart: everything else needs its result. */
export async function runCommand(settings: Settings, [name = '', ...rest]: readonly string[]): Promise<void> {
  if (name === 'migrate') {
    await migrate(settings.databaseUrl);
    print({ migrated: true });
    return;
  }
  const command = COMMANDS[name];
  if (command === undefined) {
    throw new Error(
      `Commands:\n  migrate\n  ${Object.values(COMMANDS)
        .map(({ usage }) => usage)
        .join('\n  ')}`,
    );
  }
  const app = await NestFactory.createApplicationContext(CliModule.for(settings), {
    logger: false,
    abortOnError: false,
  });
  try {
    print(await command.run(app, parseOptions(rest), settings));
  } finally {
    await app.close();
  }
}

async function addIssuer(app: INestApplicationContext, options: CommandOptions): Promise<unknown> {
  const id = await app.get(RegisterIssuer).execute({
    name: options.text('name'),
    taxId: options.text('tax-id'),
    regionCode: options.text('region'),
    taxBureau: options.text('tax-bureau'),
    domain: options.text('domain'),
    mandate: options.choice('mandate', ['sample', 'state']),
  });
  const found = await app.get(UnitOfWork).run((tx) => app.get(IdentityRepository).findIssuer(tx, id));
  if (found !== null) {
    await app.get(DeployStore).execute(found.issuer);
  }
  return found?.issuer;
}

async function deployStores(app: INestApplicationContext): Promise<unknown> {
  const issuers = await app.get(UnitOfWork).run((tx) => app.get(IdentityRepository).listIssuers(tx));
  for (const issuer of issuers) {
    await app.get(DeployStore).execute(issuer);
  }
  return issuers.map(({ id, store }) => ({ id, store }));
}

function listIssuers(app: INestApplicationContext): Promise<unknown> {
  return app.get(UnitOfWork).run((tx) => app.get(IdentityRepository).listIssuers(tx));
}

function listClaimants(app: INestApplicationContext): Promise<unknown> {
  return app.get(UnitOfWork).run((tx) => app.get(IdentityRepository).listClaimants(tx));
}

async function addClaimant(app: INestApplicationContext, options: CommandOptions): Promise<unknown> {
  const request = { name: options.text('name'), taxId: options.text('tax-id') };
  return { id: await app.get(RegisterClaimant).execute(request), ...request };
}

async function createKey(app: INestApplicationContext, options: CommandOptions): Promise<unknown> {
  const ownerKind = options.choice('kind', ['issuer', 'claimant']);
  const scopes = ownerKind === 'issuer' ? ISSUER_SCOPES : CLAIMANT_SCOPES;
  const request = { ownerId: options.text('owner'), ownerKind, label: options.text('label'), scopes };
  return { apiKey: await app.get(ManageKeys).create(request) };
}

async function revokeKey(app: INestApplicationContext, options: CommandOptions): Promise<unknown> {
  await app.get(ManageKeys).revoke(options.text('owner'), options.text('key'));
  return { revoked: options.text('key') };
}

function print(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
