import { useState } from 'react';
import { useSession, useSessionChanged } from '@/api/session';
import { notify } from '@/ui/notice';
import { Card, Page, Section } from '@/ui/Page';
import { ChoosePasswordForm } from './ChoosePasswordForm';
import { useSignInMessages } from './messages';

/** The signed-in user's own page. */
export default function AccountPage() {
  const t = useSignInMessages();
  const user = useSession()?.user;
  const sessionChanged = useSessionChanged();
  const [round, setRound] = useState(0);
  if (!user) return null;
  const done = async () => {
    await sessionChanged();
    notify(t('account.changed'));
    setRound(round + 1);
  };
  return (
    <Page title={t('account')} lead={t('account.lead', { name: user.name })}>
      <Section title={t('account.change')} note={t('account.detail')}>
        <Card className="max-w-md p-5">
          <ChoosePasswordForm key={round} name={user.name} changing onDone={done} />
        </Card>
      </Section>
    </Page>
  );
}
