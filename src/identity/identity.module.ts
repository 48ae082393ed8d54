import { Module } from '@nestjs/common';
import { Authenticator } from '../platform/http/index.js';
import { AuthenticateKey } from './authenticate-key.js';
import { DeployStore } from './deploy-store.js';
import { IdentityRepository } from './identity.repository.js';
import { IssuerCertificates } from './issuer-certificates.js';
import { IssuerCertificatesRepository } from './issuer-certificates.repository.js';
import { IssuerProfiles } from './issuer-profiles.js';
import { IssuerSigning } from './issuer-signing.js';
import { ManageCertificates } from './manage-certificates.js';
import { SigningOverview } from './signing-overview.js';
import { ManageKeys } from './manage-keys.js';
import { ManageRelayers } from './manage-relayers.js';
import { RegisterClaimant } from './register-claimant.js';
import { RegisterIssuer } from './register-issuer.js';

/** What every process needs to know about issuers. */
@Module({
  providers: [
    IdentityRepository,
    IssuerProfiles,
    IssuerCertificatesRepository,
    IssuerCertificates,
    { provide: Authenticator, useClass: AuthenticateKey },
  ],
  exports: [IdentityRepository, IssuerProfiles, IssuerCertificatesRepository, IssuerCertificates, Authenticator],
})
export class IdentityModule {}

/** Signing in the name of issuers; composition provides `SigningKeys`. */
@Module({
  imports: [IdentityModule],
  providers: [IssuerSigning, SigningOverview],
  exports: [IssuerSigning, SigningOverview],
})
export class IssuerSigningModule {}

/** What an operator does with issuers, claimants and keys. */
@Module({
  imports: [IdentityModule],
  providers: [RegisterIssuer, RegisterClaimant, ManageKeys, ManageCertificates, DeployStore, ManageRelayers],
  exports: [RegisterIssuer, RegisterClaimant, ManageKeys, ManageCertificates, DeployStore, ManageRelayers],
})
export class IdentityAdministrationModule {}
