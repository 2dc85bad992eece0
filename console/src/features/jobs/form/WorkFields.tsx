import { useQuery } from '@tanstack/react-query';
import { jobKinds } from '@/api/jobsContracts';
import { Segmented } from '@/ui/Segmented';
import { useJobsMessages } from '../messages';
import { handlersQuery } from '../queries';
import { Check, Choice, Text } from './controls';
import { useForm } from './formContext';
import { useFormMessages } from './messages';

const urlStart = 'https://';
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'].map((value) => ({ value, label: value }));

function HandlerFields() {
  const t = useFormMessages();
  const handlers = useQuery(handlersQuery).data?.items;
  return (
    <>
      <Text field="handler" member="handler.name" label={t('handler')} hint={handlers?.length === 0 ? t('handlerNone') : t('handlerHint')} list="handlers" mono />
      <datalist id="handlers">
        {handlers?.map(({ name }) => <option key={name} value={name} />)}
      </datalist>
      <Text field="handlerArguments" member="handler.arguments" label={t('handlerArguments')} hint={t('handlerArgumentsHint')} rows={4} mono />
    </>
  );
}

/** What the job does when it runs. */
export function WorkFields() {
  const t = useFormMessages();
  const jobs = useJobsMessages();
  const { form, set } = useForm();
  return (
    <div className="space-y-4">
      <Segmented label={t('section.work')} value={form.kind} choices={jobKinds.map((value) => ({ value, label: jobs(`kind.${value}`) }))} onChange={(kind) => set({ kind })} />
      {form.kind === 'command' && (
        <>
          <Text field="file" member="command.file" label={t('file')} hint={t('fileHint')} mono />
          <Text field="arguments" member="command.arguments" label={t('arguments')} hint={t('argumentsHint')} rows={3} mono />
          <Text field="environment" member="command.environment" label={t('environment')} hint={t('environmentHint')} rows={2} mono />
          <div className="grid gap-4 sm:grid-cols-2">
            <Text field="workingDirectory" member="command.workingDirectory" label={t('workingDirectory')} mono />
            <Text field="outputLimit" member="command.outputLimit" label={t('outputLimit')} hint={t('outputLimitHint')} />
          </div>
        </>
      )}
      {form.kind === 'http' && (
        <>
          <div className="grid gap-4 sm:grid-cols-[130px_1fr]">
            <Choice field="method" member="http.method" label={t('method')} choices={methods} />
            <Text field="url" member="http.url" label={t('url')} type="url" mono placeholder={urlStart} />
          </div>
          <Text field="headers" member="http.headers" label={t('headers')} hint={t('headersHint')} rows={2} mono />
          <Text field="body" member="http.body" label={t('body')} rows={3} mono />
          <Text field="expectStatus" member="http.expectStatus" label={t('expectStatus')} hint={t('expectStatusHint')} mono />
          <Check field="sign" label={t('sign')} />
        </>
      )}
      {form.kind === 'handler' && <HandlerFields />}
    </div>
  );
}
