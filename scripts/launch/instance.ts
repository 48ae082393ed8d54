import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { OperatorDesk } from '../../src/composition/index.js';
import type { Settings } from '../../src/platform/config/index.js';
import { factoryAddress } from '../../src/platform/chain/index.js';

export type InstanceIssuer = {
  readonly id: string;
  readonly name: string;
  readonly store: string;
  readonly apiKey: string;
};
export type InstanceClaimant = { readonly id: string; readonly name: string; readonly apiKey: string };

/** What a running instance offers to tools. Holds keys: only its owner may read the file. */
export type Instance = {
  readonly baseUrl: string;
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly factory: string;
  readonly issuers: readonly InstanceIssuer[];
  readonly claimants: readonly InstanceClaimant[];
  readonly operator: { readonly apiKey: string };
};

type Party = { readonly name: string; readonly taxId: string };
type IssuerParty = Party & { readonly regionCode: string; readonly taxBureau: string; readonly domain: string };
export type Parties = {
  readonly issuers: Readonly<Record<string, IssuerParty>>;
  readonly claimants: Readonly<Record<string, Party>>;
};

/**
 * Admits the sample parties that are missing and hands out keys that are not known any more. Answers the issuers by the
 * name that the samples call them.
 */
export async function admitParties(
  settings: Settings,
  file: string,
  parties: Parties,
): Promise<{ instance: Omit<Instance, 'baseUrl'>; byName: ReadonlyMap<string, InstanceIssuer> }> {
  const { keys: known, operatorKey } = knownKeys(file);
  const desk = await OperatorDesk.open(settings);
  try {
    const present = new Map((await desk.deployStores()).map((issuer) => [issuer.taxId, issuer]));
    const byName = new Map<string, InstanceIssuer>();
    for (const [name, { taxId, regionCode, taxBureau, domain, name: fullName }] of Object.entries(parties.issuers)) {
      const request = { name: fullName, taxId, regionCode, taxBureau, domain, mandate: 'sample' as const };
      const issuer = present.get(taxId) ?? (await desk.addIssuer(request));
      const apiKey = known.get(issuer.id) ?? (await desk.createKey('issuer', issuer.id, 'npm start'));
      byName.set(name, { id: issuer.id, name: issuer.name, store: issuer.store, apiKey });
    }
    await desk.ensureCertificates();
    const claimants = await admitClaimants(desk, parties, known);
    // Another database knows none of these issuers, nor that key.
    const isSameDatabase = [...byName.values()].some(({ id }) => known.has(id));
    const operator = {
      apiKey: (isSameDatabase ? operatorKey : undefined) ?? (await desk.createOperatorKey('npm start')),
    };
    const {
      chainRpcUrls: [rpcUrl = ''],
      chainId,
    } = settings;
    const issuers = [...byName.values()];
    return { byName, instance: { rpcUrl, chainId, factory: factoryAddress(), issuers, claimants, operator } };
  } finally {
    await desk.close();
  }
}

async function admitClaimants(
  desk: OperatorDesk,
  { claimants }: Parties,
  known: ReadonlyMap<string, string>,
): Promise<InstanceClaimant[]> {
  const present = new Map((await desk.listClaimants()).map((claimant) => [claimant.taxId, claimant]));
  const admitted: InstanceClaimant[] = [];
  for (const { name, taxId } of Object.values(claimants)) {
    const { id } = present.get(taxId) ?? (await desk.addClaimant({ name, taxId }));
    admitted.push({ id, name, apiKey: known.get(id) ?? (await desk.createKey('claimant', id, 'npm start')) });
  }
  return admitted;
}

function knownKeys(file: string): { keys: ReadonlyMap<string, string>; operatorKey?: string | undefined } {
  if (!existsSync(file)) {
    return { keys: new Map() };
  }
  const { issuers, claimants, operator } = JSON.parse(readFileSync(file, 'utf8')) as Omit<Instance, 'operator'> &
    Partial<Instance>;
  return {
    keys: new Map([...issuers, ...claimants].map(({ id, apiKey }) => [id, apiKey])),
    operatorKey: operator?.apiKey,
  };
}

export function writeInstance(file: string, instance: Instance): void {
  writeFileSync(file, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
}
