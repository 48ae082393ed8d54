import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import { PRESETS } from './presets.data.js';
import type { BilingualText, ReceiptKindConfiguration } from './receipt-kind-configuration.js';
import { BuiltInReceiptKinds, PRESET_VERSION } from './receipt-kinds.js';
import { ReceiptKindsRepository, type KindVersion } from './receipt-kinds.repository.js';
import { ReceiptKindNotFound } from './receipts.errors.js';

/**
 * `built-in`: rules of its own, in code; `preset`: a configuration that every installation has; `registered`: one that an
 * operator brought.
 */
export const KIND_ORIGINS = ['built-in', 'preset', 'registered'] as const;

export type ReceiptKindView = {
  readonly name: string;
  readonly titles: BilingualText;
  readonly origin: (typeof KIND_ORIGINS)[number];
  readonly isSupervised: boolean;
  /** Which version documents are issued by; kinds in code have none. */
  readonly version: number | null;
  readonly configuration: ReceiptKindConfiguration | null;
};

/** Tells what kinds of receipts may be issued, and by which configuration. */
@Injectable()
export class ReadReceiptKinds {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ReceiptKindsRepository,
    private readonly builtIn: BuiltInReceiptKinds,
  ) {}

  /** In force now: the built-in ones first, then the registered ones by name. */
  async list(): Promise<readonly ReceiptKindView[]> {
    const registered = await this.unitOfWork.run((tx) => this.repository.latest(tx));
    return [...this.shipped(), ...registered.map((each) => viewOf(each, 'registered'))];
  }

  /** `version` left out: the latest. Throws `ReceiptKindNotFound`. */
  async one(name: string, version?: number): Promise<ReceiptKindView> {
    const shipped = this.shipped().find((kind) => kind.name === name);
    if (shipped !== undefined && (version === undefined || version === shipped.version)) {
      return shipped;
    }
    const versions = await this.unitOfWork.run((tx) => this.repository.findVersions(tx, name, 0));
    const found = version === undefined ? versions.at(-1) : versions.find((each) => each.version === version);
    if (found === undefined) {
      throw new ReceiptKindNotFound();
    }
    return viewOf(found, 'registered');
  }

  private shipped(): readonly ReceiptKindView[] {
    return this.builtIn.all.map(({ name, title, definition: { isSupervised } }) => {
      const preset = PRESETS.find((configuration) => configuration.name === name);
      return preset === undefined
        ? { name, titles: title, origin: 'built-in', isSupervised, version: null, configuration: null }
        : viewOf({ version: Number(PRESET_VERSION), configuration: preset }, 'preset');
    });
  }
}

function viewOf({ version, configuration }: KindVersion, origin: ReceiptKindView['origin']): ReceiptKindView {
  const { name, titles, isSupervised } = configuration;
  return { name, titles, origin, isSupervised, version, configuration };
}
