import { Controller, Get, Header, HttpCode, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../platform/http/index.js';
import { Metrics } from '../platform/observability/index.js';
import { Readiness, type ReadinessReport } from './readiness.js';

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs and answers. */
  @Get('health/live')
  @HttpCode(200)
  @Access('public')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** The process can serve: 503 when the database cannot be used. A silent chain or queue only degrades. */
  @Get('health/ready')
  @Access('public')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.check();
    void reply.status(report.status === 'not-ready' ? 503 : 200);
    return report;
  }

  @Get('metrics')
  @Access('local')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  text(): Promise<string> {
    return this.metrics.text();
  }
}
