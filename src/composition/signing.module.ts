import { Global, Module } from '@nestjs/common';
import { Clock, IdSource } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { DevelopmentAuthority, openSigning, SigningKeys, Timestamps, type Signing } from '../platform/signing/index.js';

const SIGNING = Symbol('what signing is made of here');

/** The keys of the issuers: for workers, who sign, and for operators. The API has none of it. */
@Global()
@Module({
  providers: [
    { provide: SIGNING, useFactory: openSigning, inject: [Settings, Clock, IdSource] },
    { provide: SigningKeys, useFactory: ({ keys }: Signing) => keys, inject: [SIGNING] },
    { provide: Timestamps, useFactory: ({ timestamps }: Signing) => timestamps, inject: [SIGNING] },
    {
      provide: DevelopmentAuthority,
      useFactory: ({ developmentAuthority }: Signing) => developmentAuthority,
      inject: [SIGNING],
    },
  ],
  exports: [SigningKeys, Timestamps, DevelopmentAuthority],
})
export class SigningModule {}
