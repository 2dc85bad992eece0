import type { CommandDescriptor, FeatureDescriptor, NavEntry, PageDescriptor } from '@/lib/feature';

export interface Registry {
  pages: readonly PageDescriptor[];
  /** In the order of the rail. */
  nav: readonly NavEntry[];
  commands: readonly CommandDescriptor[];
}

const reservedKeys = ['?', '/'];

function refuseDoubles(what: string, names: readonly string[]): void {
  const doubles = names.filter((name, index) => names.indexOf(name) !== index);
  if (doubles.length > 0) throw new Error(`${what} is registered twice: ${[...new Set(doubles)].join(', ')}`);
}

/** Joins the features' descriptors, refusing two that claim the same id, path or key, and entries that lead nowhere. */
export function composeRegistry(features: readonly FeatureDescriptor[]): Registry {
  const pages = features.flatMap((feature) => feature.pages);
  const nav = features.flatMap((feature) => feature.nav ?? []).sort((a, b) => a.order - b.order);
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const paths = pages.map((page) => page.path);
  refuseDoubles('Feature', features.map((feature) => feature.id));
  refuseDoubles('Path', paths);
  refuseDoubles('Key', [...nav.map((entry) => entry.key), ...reservedKeys]);
  refuseDoubles('Command', commands.map((command) => command.id));
  for (const page of pages) {
    if (Boolean(page.load) === Boolean(page.redirectTo)) throw new Error(`Page ${page.path} needs either load or redirectTo.`);
  }
  for (const target of [...nav.map((entry) => entry.path), ...commands.map((command) => command.path)]) {
    if (!paths.includes(target)) throw new Error(`No page is registered at ${target}.`);
  }
  return { pages, nav, commands };
}
