import { define } from '../../core/command.ts'
import { flag } from '../../core/options.ts'
import { count, number, share, text } from '../../core/report.ts'

export default define({
  summary: 'Say what a file is, what its columns hold, and what every guess stands on',
  about: [
    'Nothing is changed and nothing is left out in silence: every record is a row, is passed over for a reason (blank, comment, repeated header, footer), or is rejected with its physical line in the file.',
    'Number style and date order of the columns that decide whether a row can be used are decided over all rows. Of a file beyond some megabytes all else is told from its first rows, marked ~, unless --exact asks for all.',
    'The last lines are the flags that pin every guess, for a job that must not guess. Any command takes them: --customer, --date, --amount ... name a column, here too.',
  ],
  needs: [],
  options: {
    exact: flag('tell everything of a large file from all of its rows'),
  },
  gives: {
    columns: {
      column: count('#', '序号'),
      name: text('Column', '列'),
      role: text('Role', '角色'),
      type: text('Type', '类型'),
      style: text('Written as', '写法'),
      evidence: text('Because', '依据'),
      missing: share('Missing', '缺失'),
      distinct: count('Different', '不同值'),
      exact: text('Counted', '统计范围'),
      examples: text('Examples', '示例'),
    },
    files: {
      fact: text('Fact', '项目'),
      value: text('Value', '内容'),
      file: text('File', '文件'),
    },
    rejects: {
      file: text('File', '文件'),
      line: number('Line', '行号'),
      field: number('Field', '第几列'),
      reason: text('Reason', '原因'),
      text: text('As written', '原文'),
    },
  },
  titles: {
    columns: { en: 'Columns', zh: '列' },
    files: { en: 'What it is', zh: '文件概况' },
    rejects: { en: 'Rejected', zh: '无法使用的记录' },
  },
  lead: ['files'],
  examples: [
    {
      line: 'cust inspect orders.csv',
      shows: 'encoding, dialect, columns, rejected rows, the flags that pin them',
    },
    { line: 'cust inspect orders.csv -f json', shows: 'the same for a program' },
    {
      line: 'cust inspect orders.csv --sheet rejects -o rejects.csv',
      shows: 'what cannot be used, with line numbers',
    },
  ],
})
