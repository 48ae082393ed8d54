import { LoadConnection } from './load-connection.js';
import type { Answer, LoadMessage, LoadPlan, LoadResult } from './load-protocol.js';
import { fillTemplate, requestTemplate, VARIANTS, type RequestTemplate } from './requests.js';

function tell(message: LoadMessage): void {
  process.send?.(message);
}

/** Keeps so many requests in flight, each connection sending its next one as soon as it is answered. */
class Load {
  private readonly templates: RequestTemplate[];
  private readonly bodies: { request: number; body: string }[] = [];
  private readonly latencies: number[] = [];
  private readonly refusals = new Map<number, { count: number; body: string }>();
  private readonly connections: LoadConnection[] = [];
  private next = 0;
  private open = 0;
  private phase: 'warm-up' | 'measured' | 'over' = 'warm-up';
  private began = 0;
  private ended = 0;

  constructor(private readonly plan: LoadPlan) {
    const { host } = new URL(plan.baseUrl);
    const { run, lines } = plan;
    this.templates = plan.apiKeys.flatMap((apiKey) =>
      Array.from({ length: VARIANTS }, (_, variant) => requestTemplate(variant, { host, apiKey, run, lines })),
    );
  }

  start(): void {
    for (let index = 0; index < this.plan.inFlight; index += 1) {
      this.open += 1;
      this.serve();
    }
    setTimeout(() => {
      this.begin();
    }, this.plan.warmUpMs);
  }

  private begin(): void {
    this.phase = 'measured';
    this.began = performance.now();
    tell({ event: 'begin' });
    if (this.plan.limit === undefined) {
      setTimeout(() => {
        this.end();
      }, this.plan.measureMs);
    }
  }

  private end(): void {
    this.phase = 'over';
    this.ended = performance.now();
    tell({ event: 'end' });
  }

  private serve(): void {
    const { hostname, port } = new URL(this.plan.baseUrl);
    let request = 0;
    let sentAt = 0;
    const sendNext = (): void => {
      if (this.phase === 'over' || this.next === this.plan.limit) {
        this.leave();
        return;
      }
      request = this.next;
      this.next += 1;
      sentAt = performance.now();
      connection.send(fillTemplate(this.templateOf(request), request, connection.outgoing));
    };
    const connection = new LoadConnection(
      { host: hostname, port: Number(port) },
      (status, body) => {
        this.record(status, request, body, sentAt);
        sendNext();
      },
      (error) => {
        throw error;
      },
    );
    this.connections.push(connection);
    sendNext();
  }

  /** Each key in turn, and of each its variants in turn. MUST agree with `invoiceText`: the variant is the number's. */
  private templateOf(request: number): RequestTemplate {
    const key = request % this.plan.apiKeys.length;
    return this.templates[key * VARIANTS + (request % VARIANTS)] as RequestTemplate;
  }

  private record(status: number, request: number, body: string, sentAt: number): void {
    if (status !== 201) {
      const seen = this.refusals.get(status);
      this.refusals.set(status, { count: (seen?.count ?? 0) + 1, body: seen?.body ?? body });
      return;
    }
    this.bodies.push({ request, body });
    if (this.phase === 'measured') {
      this.latencies.push(performance.now() - sentAt);
    }
  }

  private leave(): void {
    this.open -= 1;
    if (this.open > 0) {
      return;
    }
    if (this.phase !== 'over') {
      this.end();
    }
    for (const connection of this.connections) {
      connection.close();
    }
    // Leaves only once the result has gone out whole.
    process.send?.({ event: 'done', result: this.result() } satisfies LoadMessage, () => {
      process.disconnect();
    });
  }

  private result(): LoadResult {
    return {
      answers: this.bodies.map(({ request, body }) => {
        const { id, number } = JSON.parse(body) as Answer;
        return { request, id, number };
      }),
      counted: this.latencies.length,
      seconds: (this.ended - this.began) / 1_000,
      latenciesMs: Float64Array.from(this.latencies).sort(),
      refusals: [...this.refusals].map(([status, seen]) => ({ status, ...seen })),
    };
  }
}

/** The load generator: a child process that is sent a plan, says when the measured time begins and ends, and reports. */
process.once('message', (plan: LoadPlan) => {
  new Load(plan).start();
});
