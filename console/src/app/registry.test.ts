import { Box } from 'lucide-react';
import { describe, expect, it } from 'vitest';
import type { FeatureDescriptor } from '@/lib/feature';
import { features } from './features';
import { composeRegistry } from './registry';

const feature = (id: string, key: string, order: number, path = `/${id}`): FeatureDescriptor => ({
  id,
  nav: { path, label: () => id, icon: Box, key, order },
  pages: [{ path, title: () => id, load: () => Promise.reject(new Error('not loaded in this test')) }],
});

describe('composeRegistry', () => {
  it('takes in every feature of the console', () => {
    expect(composeRegistry(features).nav.map((entry) => entry.path)).toEqual(['/overview', '/explore/metrics', '/jobs', '/runs', '/audit', '/settings']);
  });

  it('orders the rail by the entries’ own order', () => {
    const { nav } = composeRegistry([feature('b', 'b', 2), feature('a', 'a', 1)]);
    expect(nav.map((entry) => entry.path)).toEqual(['/a', '/b']);
  });

  it('refuses two entries with one key', () => {
    expect(() => composeRegistry([feature('a', 'x', 1), feature('b', 'x', 2)])).toThrow('Key is registered twice: x');
  });

  it('refuses two pages at one path', () => {
    expect(() => composeRegistry([feature('a', 'a', 1, '/same'), feature('b', 'b', 2, '/same')])).toThrow('Path is registered twice: /same');
  });

  it('refuses an entry that leads nowhere', () => {
    expect(() => composeRegistry([{ ...feature('a', 'a', 1), pages: [] }])).toThrow('No page is registered at /a');
  });
});
