import { defineMessages, useT } from '@/lib/i18n';

/** Files of a run that the console has a word for. */
export const fileKinds = ['audit.jsonl', 'log.jsonl', 'trace.json', 'timeline.jsonl', 'samples.jsonl', 'summary.md'] as const;

export const filesMessages = defineMessages(
  {
    'title': 'Files of this run',
    'name': 'File',
    'what': 'What it holds',
    'size': 'Size',
    'state': 'State',
    'hash': 'SHA-256',
    'complete': 'complete',
    'missing': 'not uploaded',
    'partly': '{percent} uploaded',
    'empty': 'No files',
    'emptyDetail': 'The runner announced no files for this run.',
    'file.audit.jsonl': 'Audit records, one a line',
    'file.log.jsonl': 'The runner’s log, one JSON object a line',
    'file.trace.json': 'The trace as OTLP/JSON',
    'file.timeline.jsonl': 'The time line, one entry a line',
    'file.samples.jsonl': 'Measurements of memory and CPU',
    'file.summary.md': 'The summary in Markdown',
  },
  {
    'title': '此运行的文件',
    'name': '文件',
    'what': '内容',
    'size': '大小',
    'state': '状态',
    'hash': 'SHA-256',
    'complete': '完整',
    'missing': '未上传',
    'partly': '已上传 {percent}',
    'empty': '没有文件',
    'emptyDetail': 'runner 没有为此运行声明任何文件。',
    'file.audit.jsonl': '审计记录，每行一条',
    'file.log.jsonl': 'runner 的日志，每行一个 JSON 对象',
    'file.trace.json': 'OTLP/JSON 格式的追踪',
    'file.timeline.jsonl': '时间线，每行一个条目',
    'file.samples.jsonl': '内存与 CPU 的测量值',
    'file.summary.md': 'Markdown 格式的摘要',
  },
);

export const useFilesMessages = () => useT(filesMessages);
