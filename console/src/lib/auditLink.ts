/** Where the audit log shows everything that happened to one thing. */
export const auditResourcePath = '/audit/resources/$type/$id';
/** Where the audit log shows everything that somebody did. */
export const auditActorPath = '/audit/actors/$id';
