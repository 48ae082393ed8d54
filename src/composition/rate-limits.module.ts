import { Global, Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { RateLimits } from '../platform/http/index.js';

/** One count of what strangers do, for the guard and for those who count more than requests. */
@Global()
@Module({ imports: [IdentityModule], providers: [RateLimits], exports: [RateLimits] })
export class RateLimitsModule {}
