import { defineMessages, useT } from '@/lib/i18n';
import { auditEn } from './messages.en';
import { auditZh } from './messages.zh';

export const auditMessages = defineMessages(auditEn, auditZh);
export type AuditKey = keyof typeof auditEn;
export const useAuditMessages = () => useT(auditMessages);
