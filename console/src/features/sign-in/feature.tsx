import { KeyRound } from 'lucide-react';
import type { FeatureDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { signInMessages } from './messages';

export const signInFeature: FeatureDescriptor = {
  id: 'sign-in',
  pages: [
    { path: '/sign-in', title: localised(signInMessages, 'title'), open: true, load: () => import('./SignInPage') },
    { path: '/account', title: localised(signInMessages, 'account'), load: () => import('./AccountPage') },
  ],
  commands: [{ id: 'account', label: localised(signInMessages, 'account.change'), icon: KeyRound, path: '/account' }],
};
