import { TriangleAlert } from 'lucide-react';
import type { CreatedToken } from '@/api/contracts';
import { Button } from '@/ui/Button';
import { CodeBox } from '@/ui/CopyButton';
import { useSettingsMessages } from '../messages';

/** A command that works as it stands: reads when the token may, else sends. */
export function exampleFor({ token, secret }: CreatedToken, origin: string): { reads: boolean; command: string } {
  const reads = token.scopes === null || token.scopes.includes('metrics:read');
  const command = reads
    ? `curl -H 'Authorization: Bearer ${secret}' '${origin}/prometheus/api/v1/query?query=up'`
    : `OTEL_EXPORTER_OTLP_ENDPOINT='${origin}/otlp' OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_HEADERS='Authorization=Bearer ${secret}'`;
  return { reads, command };
}

/** The secret of a new token, shown this once, with something to try it on. */
export function CreatedSecret({ created, onDone }: { created: CreatedToken; onDone: () => void }) {
  const t = useSettingsMessages();
  const { reads, command } = exampleFor(created, window.location.origin);
  return (
    <div className="space-y-4">
      <p className="flex items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-warn">
        <TriangleAlert size={16} className="mt-0.5 shrink-0" aria-hidden="true" />
        {t('tokens.secretDetail')}
      </p>
      <CodeBox text={created.secret} what={t('tokens.secretCopy')} />
      <div>
        <p className="mb-1 font-medium">{reads ? t('tokens.tryRead') : t('tokens.tryWrite')}</p>
        <CodeBox text={command} />
      </div>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          {t('tokens.done')}
        </Button>
      </div>
    </div>
  );
}
