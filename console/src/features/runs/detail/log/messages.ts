import { defineMessages, useT } from '@/lib/i18n';

export const logMessages = defineMessages(
  {
    'search': 'Search the log',
    'levels': 'From which level on',
    'level.debug': 'All',
    'level.info': 'Info',
    'level.warning': 'Warnings',
    'level.error': 'Errors',
    'lines': { one: '{count} line', other: '{count} lines' },
    'linesMore': { one: '{count} line read, more below', other: '{count} lines read, more below' },
    'reading': { one: 'Reading on: {count} line so far', other: 'Reading on: {count} lines so far' },
    'cut': 'Only the first {size} are shown. Download the file for the rest.',
    'download': 'Download',
    'empty': 'There is no log',
    'emptyDetail': 'The runner wrote nothing, or its log has not been uploaded yet.',
    'noMatch': 'Nothing matches',
    'label': 'Log of the runner',
    'fields': 'Members of this line',
  },
  {
    'search': '搜索日志',
    'levels': '起始级别',
    'level.debug': '全部',
    'level.info': '信息',
    'level.warning': '警告',
    'level.error': '错误',
    'lines': '{count} 行',
    'linesMore': '已读取 {count} 行，下方还有更多',
    'reading': '继续读取：目前 {count} 行',
    'cut': '仅显示前 {size}。其余内容请下载文件。',
    'download': '下载',
    'empty': '没有日志',
    'emptyDetail': 'runner 没有写入任何内容，或其日志尚未上传。',
    'noMatch': '没有匹配的内容',
    'label': 'runner 的日志',
    'fields': '此行的成员',
  },
);

export const useLogMessages = () => useT(logMessages);
