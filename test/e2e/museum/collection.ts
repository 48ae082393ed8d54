import { join } from 'node:path';
import { startAnvil, type RunningAnvil } from '../../../scripts/embedded/anvil.js';
import { TestInstance } from '../../support/running-instance.js';
import { IssuingHouse, type Housed } from './issuing-house.js';
import type { Circumstances } from '../../vectors/museum/piece.js';
import { MoodyNode } from './moody-node.js';

/**
 * Real documents, issued by running processes and anchored on a chain of their own, with three nodes before it whose moods
 * can be set; and what forgers have made. Close it when done.
 */
export class Collection {
  private constructor(
    readonly instance: TestInstance,
    private readonly nodes: readonly MoodyNode[],
    readonly house: Housed,
    private readonly anvil: RunningAnvil,
  ) {}

  static async make(): Promise<Collection> {
    const anvil = await startAnvil();
    const nodes = await Promise.all([1, 2, 3].map(() => MoodyNode.before(anvil.url)));
    const instance = await TestInstance.make({
      ...{ CHAIN_RPC_URL: nodes.map(({ url }) => url).join(','), CHAIN_ID: String(anvil.chainId) },
      ...{ DATABASE_POOL_SIZE: '10', LOOK_UPS_PER_MINUTE: '100000', ANCHOR_BATCH_MAX_AGE_MS: '1500' },
    });
    const house = await new IssuingHouse(instance, anvil.url).issueAll();
    const stores = house.parties.map(({ store }) => store);
    for (const node of nodes) {
      node.remember(house.past, stores);
    }
    return new Collection(instance, nodes, house, anvil);
  }

  get rpcUrls(): readonly string[] {
    return this.nodes.map(({ url }) => url);
  }

  setMoods(moods: Circumstances['nodes']): void {
    for (const [index, node] of this.nodes.entries()) {
      node.mood = moods[index] ?? 'honest';
    }
  }

  /** PEM of the authority that the issuers' certificates come from. */
  get authorityFile(): string {
    return join(this.instance.settings.signingKeyDirectory, 'development-authority.crt');
  }

  async close(): Promise<void> {
    await this.instance.close();
    await Promise.all(this.nodes.map((node) => node.stop()));
    await this.anvil.stop();
  }
}
