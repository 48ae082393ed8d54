import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { ApiModule, makeFastify } from '../../src/composition/index.js';
import { Settings } from '../../src/platform/config/index.js';
import { ACCESS_METADATA } from '../../src/platform/http/index.js';

export type Route = {
  readonly method: string;
  readonly path: string;
  /** Whoever has one of these may call it. */
  readonly access: readonly string[];
};

/** Every route of an API process, as the decorators say it; nothing is connected to. */
export async function findRoutes(): Promise<Route[]> {
  const settings = new Settings();
  const app = await NestFactory.create(ApiModule.for(settings), makeFastify(settings), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = new Set(
    modules.flatMap(({ controllers: found }) => [...found.values()].map(({ metatype }) => metatype)),
  );
  const routes = [...controllers].flatMap((controller) =>
    typeof controller === 'function' ? routesOf(controller) : [],
  );
  await app.close();
  return routes.sort((left, right) => compare(left.path, right.path) || compare(left.method, right.method));
}

type Handler = (...parameters: never[]) => unknown;

function routesOf(controller: { readonly prototype?: object } & object): Route[] {
  const base = pathOf(controller);
  const prototype = controller.prototype as Readonly<Record<string, unknown>>;
  const handlers = Object.getOwnPropertyNames(prototype)
    .map((name) => prototype[name])
    .filter((member): member is Handler => typeof member === 'function')
    .filter((handler) => Reflect.hasMetadata(METHOD_METADATA, handler));
  return handlers.map((handler) => ({
    method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? '?',
    path: joined(base, pathOf(handler)),
    access: (Reflect.getMetadata(ACCESS_METADATA, handler) ??
      Reflect.getMetadata(ACCESS_METADATA, controller) ??
      []) as readonly string[],
  }));
}

function pathOf(target: object): string {
  return Reflect.getMetadata(PATH_METADATA, target) as string;
}

/** With parameters as OpenAPI writes them. */
function joined(...parts: readonly string[]): string {
  const path = parts.flatMap((part) => part.split('/')).filter((part) => part !== '');
  return `/${path.map((part) => part.replace(/^:(.+)$/, '{$1}')).join('/')}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
