import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The Prometheus metrics of one process. Features add their own gauges to `registry`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly documentsIssued: Counter<'kind'>;
  readonly documentsRendered: Counter<'kind'>;
  readonly verifications: Counter<'verdict'>;

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'chopmark_' });
    const registers = [this.registry];
    this.requests = new Histogram({
      name: 'chopmark_http_request_seconds',
      help: 'Time from request to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    });
    this.documentsIssued = new Counter({
      name: 'chopmark_documents_issued_total',
      help: 'Documents stored; a repeated request stores none',
      labelNames: ['kind'],
      registers,
    });
    this.documentsRendered = new Counter({
      name: 'chopmark_documents_rendered_total',
      help: 'Documents drawn and stored',
      labelNames: ['kind'],
      registers,
    });
    this.verifications = new Counter({
      name: 'chopmark_verifications_total',
      help: 'Verifications by verdict',
      labelNames: ['verdict'],
      registers,
    });
  }

  /** A gauge that is asked for when Prometheus asks. */
  observe(name: string, help: string, read: () => Promise<number>): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      collect: async () => {
        gauge.set(await read());
      },
    });
    this.registry.registerMetric(gauge);
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
