import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import { Logger, Metrics } from '../platform/observability/index.js';
import { CannotSignNow } from '../platform/signing/index.js';
import { IdentityRepository } from './identity.repository.js';
import { IssuerSigning } from './issuer-signing.js';

/** Tells operators, at the start and later, whose documents wait because they cannot be signed here. */
@Injectable()
export class SigningOverview implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    private readonly signing: IssuerSigning,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.metrics.observe(
      'chopmark_signing_issuers_without_key',
      'Issuers whose documents cannot be signed by this worker',
      async () => (await this.problems()).length,
    );
    this.metrics.observe(
      'chopmark_signing_certificate_ends_seconds',
      'Until the first certificate in use ends; documents wait from then on',
      () => this.secondsLeft(),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const { issuerId, error } of await this.problems().catch(() => [])) {
      this.logger.warn('signing.issuer-cannot-sign', { issuerId, code: error.code, reason: error.message });
    }
  }

  /** The issuers that cannot sign here, and why. */
  async problems(): Promise<{ issuerId: string; error: CannotSignNow }[]> {
    const found: { issuerId: string; error: CannotSignNow }[] = [];
    for (const issuerId of await this.issuerIds()) {
      try {
        await this.signing.signerOf(issuerId);
      } catch (error) {
        if (!(error instanceof CannotSignNow)) {
          throw error;
        }
        found.push({ issuerId, error });
      }
    }
    return found;
  }

  private async secondsLeft(): Promise<number> {
    const left: number[] = [];
    for (const issuerId of await this.issuerIds()) {
      left.push(await this.signing.secondsLeft(issuerId).catch(() => Infinity));
    }
    return left.length === 0 ? 0 : Math.min(...left);
  }

  private async issuerIds(): Promise<string[]> {
    const issuers = await this.unitOfWork.run((tx) => this.identities.listIssuers(tx));
    return issuers.map(({ id }) => id);
  }
}
