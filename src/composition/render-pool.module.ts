import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { OwnThread, RenderPool, RenderThreads } from '../documents/index.js';
import { Settings } from '../platform/config/index.js';
import { RENDERERS } from './renderers.js';

const SCRIPT = new URL('../render-thread.js', import.meta.url);

/** Ends the threads after the jobs that use them. */
class RenderPoolShutdown implements OnApplicationShutdown {
  constructor(private readonly pool: RenderPool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}

/** Where a worker draws. */
@Global()
@Module({
  providers: [
    {
      provide: RenderPool,
      useFactory: ({ renderThreads }: Settings) =>
        renderThreads < 0 ? new OwnThread(RENDERERS) : new RenderThreads(SCRIPT, renderThreads),
      inject: [Settings],
    },
    {
      provide: RenderPoolShutdown,
      useFactory: (pool: RenderPool) => new RenderPoolShutdown(pool),
      inject: [RenderPool],
    },
  ],
  exports: [RenderPool],
})
export class RenderPoolModule {}
