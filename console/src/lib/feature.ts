import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Localised } from './i18n';
import type { Refresh, TimeRange } from './timeRange';

/** The time controls of a page; a page without them shows none in the top bar. */
export interface TimeControls {
  defaultRange: TimeRange;
  defaultRefresh: Refresh;
}

/** One page of a feature: where it is, what it is called and the module that draws it. */
export interface PageDescriptor {
  path: string;
  title: Localised;
  /** Loaded when the page is first wanted, so that a feature costs nothing until then. */
  load?: () => Promise<{ default: ComponentType }>;
  time?: TimeControls;
  /** Drawn without the shell and without asking who is there. */
  open?: boolean;
  /** Sends the visitor on to another page instead of drawing one. */
  redirectTo?: string;
}

export interface NavEntry {
  path: string;
  label: Localised;
  icon: LucideIcon;
  /** The letter after `g`; unique among all features. */
  key: string;
  /** Drawn at the entry's end; shows something only while somebody needs to act. Loaded lazily, so that it costs the first page nothing. */
  badge?: ComponentType<{ small: boolean }>;
  /** The least role that has a use for it; others are not led there. */
  least?: 'operator' | 'admin';
  /** Position in the rail, small first. */
  order: number;
  /** `foot` puts it at the rail's lower end. */
  place?: 'main' | 'foot';
}

/** An entry of the command palette beyond the pages themselves. */
export interface CommandDescriptor {
  id: string;
  label: Localised;
  icon: LucideIcon;
  path: string;
}

/** Everything the application needs to know of a feature to take it in. */
export interface FeatureDescriptor {
  id: string;
  nav?: NavEntry;
  pages: readonly PageDescriptor[];
  commands?: readonly CommandDescriptor[];
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    title?: Localised;
    time?: TimeControls;
  }
}
