import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createPrivateKey } from 'node:crypto';
import {
  DeployStore,
  IdentityRepository,
  SCOPES_OF,
  type KeyRequest,
  ManageKeys,
  ManageRelayers,
  type RelayerOfStore,
  RegisterClaimant,
  RegisterIssuer,
  type Claimant,
  type Issuer,
  type IssuerCertificate,
  ManageCertificates,
  type IssuerRequest,
} from '../identity/index.js';
import { IdSource } from '../kernel/index.js';
import type { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import {
  CertificateRefused,
  pem,
  readCertificates,
  SigningKeyMissing,
  SigningKeys,
  type SignatureAlgorithm,
} from '../platform/signing/index.js';
import { CliModule } from './cli.module.js';

/** An issuer whose store stands on every chain, and what was done there about a first relayer that the settings name no more. */
export type DeployedStore = Issuer & {
  readonly dismissed: readonly Pick<RelayerOfStore, 'chainId' | 'relayer' | 'outcome'>[];
};

/** What an operator does: admits issuers and claimants, hands out keys, puts stores on the chain. */
export class OperatorDesk {
  constructor(private readonly app: INestApplicationContext) {}

  static async open(settings: Settings): Promise<OperatorDesk> {
    const app = await NestFactory.createApplicationContext(CliModule.for(settings), {
      logger: false,
      abortOnError: false,
    });
    return new OperatorDesk(app);
  }

  /** Admits an issuer and puts its store on the chain. */
  async addIssuer(request: IssuerRequest): Promise<Issuer> {
    const id = await this.app.get(RegisterIssuer).execute(request);
    const issuer = (await this.listIssuers()).find((candidate) => candidate.id === id);
    if (issuer === undefined) {
      throw new Error('The issuer was stored and cannot be read');
    }
    await this.app.get(DeployStore).execute(issuer);
    return issuer;
  }

  /** Puts the stores of all issuers on the chain, where they are missing: after a change of chain, or a failed start. */
  async deployStores(): Promise<readonly DeployedStore[]> {
    const deployed: DeployedStore[] = [];
    for (const issuer of await this.listIssuers()) {
      const roles = await this.app.get(DeployStore).execute(issuer);
      const done = await this.app.get(ManageRelayers).dismissFirst(issuer, roles);
      deployed.push({
        ...issuer,
        dismissed: done.map(({ chainId, relayer, outcome }) => ({ chainId, relayer, outcome })),
      });
    }
    return deployed;
  }

  /** Lets every relayer of the settings anchor in the stores of all issuers, on every chain. */
  async admitRelayers(): Promise<readonly RelayerOfStore[]> {
    return this.app.get(ManageRelayers).admit(await this.listIssuers());
  }

  /** Takes that from an account, which is no relayer of the settings any more. */
  async dismissRelayer(account: string): Promise<readonly RelayerOfStore[]> {
    return this.app.get(ManageRelayers).dismiss(account, await this.listIssuers());
  }

  /** A key and a certificate of this installation's own authority, for trying out. */
  makeCertificate(issuerId: string, algorithm: SignatureAlgorithm = 'ES256'): Promise<IssuerCertificate> {
    return this.app.get(ManageCertificates).makeOwn(issuerId, algorithm);
  }

  /** The same for each issuer that has no key here. */
  async ensureCertificates(): Promise<void> {
    for (const { id } of await this.listIssuers()) {
      await this.app
        .get(SigningKeys)
        .forIssuer(id)
        .catch(async (error: unknown) => {
          if (!(error instanceof SigningKeyMissing)) {
            throw error;
          }
          await this.makeCertificate(id);
        });
    }
  }

  /** A new key, and the request to send to an authority, as PEM. */
  async requestCertificate(issuerId: string, algorithm: SignatureAlgorithm): Promise<string> {
    return pem('CERTIFICATE REQUEST', await this.app.get(ManageCertificates).request(issuerId, algorithm));
  }

  /** `chain` and `key` as PEM; the key only when it was made elsewhere, and not encrypted. */
  async installCertificate(issuerId: string, chain: string, key?: string): Promise<IssuerCertificate> {
    const privateKey = key === undefined ? undefined : readPrivateKey(key);
    return this.app.get(ManageCertificates).install(issuerId, readCertificates(chain), privateKey);
  }

  listCertificates(issuerId: string): Promise<IssuerCertificate[]> {
    return this.app.get(ManageCertificates).listOf(issuerId);
  }

  async addClaimant(request: Omit<Claimant, 'id'>): Promise<Claimant> {
    return { id: await this.app.get(RegisterClaimant).execute(request), ...request };
  }

  /** The key itself, shown this once. */
  createKey(ownerKind: KeyRequest['ownerKind'], ownerId: string, label: string): Promise<string> {
    const scopes = SCOPES_OF[ownerKind];
    return this.app.get(ManageKeys).create({ ownerId, ownerKind, label, scopes });
  }

  /** A key for an operator's own requests. Operators are nobody's tenants: each key is its own owner. */
  createOperatorKey(label: string): Promise<string> {
    const ownerId = this.app.get(IdSource).uuid();
    return this.createKey('operator', ownerId, label);
  }

  revokeKey(ownerId: string, keyId: string): Promise<void> {
    return this.app.get(ManageKeys).revoke(ownerId, keyId);
  }

  listIssuers(): Promise<Issuer[]> {
    return this.app.get(UnitOfWork).run((tx) => this.app.get(IdentityRepository).listIssuers(tx));
  }

  listClaimants(): Promise<Claimant[]> {
    return this.app.get(UnitOfWork).run((tx) => this.app.get(IdentityRepository).listClaimants(tx));
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

function readPrivateKey(text: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey(text);
  } catch {
    throw new CertificateRefused('What was given as private key is none, or it is encrypted');
  }
}
