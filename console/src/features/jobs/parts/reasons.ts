import { jobsMessages, useJobsMessages, type JobsKey } from '../messages';

const isKnown = (key: string): key is JobsKey => key in jobsMessages.en;

/** Why a fire did not run; a reason that the console has no words for is shown as the server writes it. */
export function useReason(): (reason: string | null) => string | null {
  const t = useJobsMessages();
  return (reason) => {
    const key = `reason.${reason ?? ''}`;
    return isKnown(key) ? t(key) : reason;
  };
}
