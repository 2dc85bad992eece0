import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { runsApi } from '@/api/runs';

/** Takes a file of a run along. */
export function FileLink({ runId, name, children }: { runId: string; name: string; children: ReactNode }) {
  return (
    <a href={runsApi.fileUrl(runId, name)} download={`${runId}-${name}`} className="inline-flex items-center gap-1.5 rounded text-sm text-accent hover:underline">
      <Download size={14} aria-hidden="true" />
      {children}
    </a>
  );
}
