import type { FeatureDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { signInMessages } from './messages';

export const signInFeature: FeatureDescriptor = {
  id: 'sign-in',
  pages: [{ path: '/sign-in', title: localised(signInMessages, 'title'), open: true, load: () => import('./SignInPage') }],
};
