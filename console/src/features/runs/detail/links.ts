import type { RunCi } from '@/api/runsContracts';

/** An address that may be opened; a report may hold any text in its place. */
export function safeUrl(text: string | null | undefined): string | null {
  if (!text || !URL.canParse(text)) return null;
  const { protocol } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? text : null;
}

const forges: Partial<Record<string, { commit: string; pull: string }>> = {
  github: { commit: '/commit/', pull: '/pull/' },
  gitlab: { commit: '/-/commit/', pull: '/-/merge_requests/' },
  bitbucket: { commit: '/commits/', pull: '/pull-requests/' },
};

/** Where the CI's own forge shows commit and pull request; null where its addresses are not known. */
export function forgeLinks({ platform, repositoryUrl, commit, pullRequest }: RunCi): { commit: string | null; pullRequest: string | null } {
  const base = safeUrl(repositoryUrl)?.replace(/(\.git)?\/*$/, '');
  const forge = forges[platform];
  if (!base || !forge) return { commit: null, pullRequest: null };
  return {
    commit: commit ? base + forge.commit + encodeURIComponent(commit) : null,
    pullRequest: pullRequest && /^\d+$/.test(pullRequest) ? base + forge.pull + pullRequest : null,
  };
}
