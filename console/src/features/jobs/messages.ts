import { defineMessages, useT } from '@/lib/i18n';
import { jobsEn } from './messages.en';
import { jobsZh } from './messages.zh';

export const jobsMessages = defineMessages(jobsEn, jobsZh);
export type JobsKey = keyof typeof jobsEn;
export const useJobsMessages = () => useT(jobsMessages);
