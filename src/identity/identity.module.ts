import { Module } from '@nestjs/common';
import { Authenticator } from '../platform/http/index.js';
import { AuthenticateKey } from './authenticate-key.js';
import { DeployStore } from './deploy-store.js';
import { IdentityRepository } from './identity.repository.js';
import { IssuerProfiles } from './issuer-profiles.js';
import { ManageKeys } from './manage-keys.js';
import { RegisterClaimant } from './register-claimant.js';
import { RegisterIssuer } from './register-issuer.js';

/** What every process needs to know about issuers. */
@Module({
  providers: [IdentityRepository, IssuerProfiles, { provide: Authenticator, useClass: AuthenticateKey }],
  exports: [IdentityRepository, IssuerProfiles, Authenticator],
})
export class IdentityModule {}

/** What an operator does with issuers, claimants and keys. */
@Module({
  imports: [IdentityModule],
  providers: [RegisterIssuer, RegisterClaimant, ManageKeys, DeployStore],
  exports: [RegisterIssuer, RegisterClaimant, ManageKeys, DeployStore],
})
export class IdentityAdministrationModule {}
