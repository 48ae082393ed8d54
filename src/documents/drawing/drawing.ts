import { faultOf, type Fault } from '../../kernel/index.js';
import { prepareFont, type Alphabet } from '../../platform/pdf/index.js';
import type { UnsignedPdf } from '../../platform/signing/index.js';
import type { RenderContext } from './render-context.js';

/** Draws the documents of a family. MUST be pure: it runs in threads that know nothing but its name. */
export type Renderer<Content = unknown> = {
  readonly name: string;
  /** What all of the family's documents print. */
  readonly alphabet: Alphabet;
  readonly render: (content: Content, context: RenderContext) => UnsignedPdf;
};

/** What is drawn of one document, as plain data, and by whom. */
export type Drawing = { readonly renderer: Renderer; readonly content: unknown };

export function drawing<Content>(renderer: Renderer<Content>, content: Content): Drawing {
  return { renderer: renderer as Renderer, content };
}

/** A drawing on its way to another thread. */
export type RenderTask = {
  readonly renderer: string;
  readonly content: unknown;
  readonly context: RenderContext;
};

/** Why a document could not be drawn: a stable code where there is one, else the error's name. Errors do not survive threads. */
export type RenderFailure = { readonly failed: string; readonly fault: Fault };
export type Rendered = UnsignedPdf | RenderFailure;

export type Renderers = ReadonlyMap<string, Renderer>;

/** Does what drawing needs once, so that the first document of a family waits no longer than the next. */
export function prepareAll(renderers: Renderers): void {
  for (const { alphabet } of renderers.values()) {
    prepareFont(alphabet);
  }
}

/** Draws one after the other; one that fails does not stop the others. */
export function renderAll(tasks: readonly RenderTask[], renderers: Renderers): Rendered[] {
  return tasks.map(({ renderer, content, context }) => {
    try {
      const found = renderers.get(renderer);
      if (found === undefined) {
        throw new Error(`Nobody draws as "${renderer}"`);
      }
      return found.render(content, context);
    } catch (error) {
      return failureOf(error);
    }
  });
}

export function failureOf(error: unknown): RenderFailure {
  const fault = faultOf(error);
  return { failed: fault.code ?? fault.error, fault };
}

export function renderersOf(...renderers: readonly Renderer<never>[]): Renderers {
  return new Map(renderers.map((renderer) => [renderer.name, renderer as Renderer]));
}
