import { define } from '../../core/command.ts'
import {
  flag,
  mostBad,
  names,
  savedFile,
  settingsFile,
  textFile,
  text as textOption,
} from '../../core/options.ts'
import { count, detail, number, share, text, written } from '../../core/report.ts'
import { reference } from './references.ts'
import { expression } from './rules/expression.ts'

export default define({
  summary: 'Say what is wrong with a file, line by line, and score each of its columns',
  about: [
    'With nothing configured, what a column means is told from its header and its values, and its cells are held to that: e-mail addresses, telephone numbers, resident ids and company numbers with their check digits, postcodes, dates, numbers, keys, spellings, and what columns say together (amount = price x quantity, totals, days in order).',
    'An error makes a row bad; a warning and a note do not. A test that most values of a column fail is taken for a mistake about the column and becomes a note. Rows in = rows written by --valid + rows written by --rejects, always checked; records that cannot be taken apart are among the rejects, empty rows in neither.',
    'The run ends with exit code 4 when more rows are bad than --max-bad allows (none unless said), or when something is wrong with the file as a whole: a header that is there twice, dates in two orders, no rows.',
    "A rule is a condition that every row keeps: + - * / %, = <> < <= > >=, and or not, in (...), between ... and ..., is empty, is not empty, matches 'pattern', if ... then ..., and length, lower, upper, number, abs, round, date, today, year, month, day. Text stands in quotes, a column with blanks in its name in `backticks`; amount, date and other roles stand for the column that plays them where none is called so. A row without a value that the rule needs is not judged by it. Numbers are equal when they differ by less than a billionth.",
    'Scores: completeness = cells with a value, placeholders such as N/A not counted; validity = valid of these; uniqueness = different of these, of keys; consistency = rows that agree of the rows tested. What was not tested has no score.',
  ],
  needs: [],
  options: {
    rules: settingsFile('rules of the file: YAML or JSON'),
    rule: {
      ...textOption('a condition that every row keeps; may be repeated', '<condition>', [], (given) => [
        expression(given),
      ]),
      repeats: true,
    },
    ref: {
      ...textOption(
        'another file that must have the ids, customers.csv, or customer_id=customers.csv#id; may be repeated',
        '<file>',
        [],
        (given) => [reference(given)],
      ),
      repeats: true,
    },
    ignore: names('a check that is not made: outlier, or phone of one column, mobile.phone; may be repeated'),
    onlyRules: flag('make no checks but those of --rules, --rule and --ref'),
    maxBad: textOption(
      'bad rows that are allowed: a number, or a share like 1%',
      '<n|x%>',
      undefined,
      mostBad,
    ),
    rejects: savedFile('write the bad rows as they are, with _line, _column, _rule and _value'),
    valid: savedFile('write all other rows as they are'),
    previous: textFile('an earlier answer in JSON, to say what has changed'),
    init: savedFile('write the rules that this file keeps, to be edited and given to --rules'),
    schema: savedFile('write a JSON schema of rules for editors'),
  },
  gives: {
    findings: {
      severity: written('en', text('Severity', '级别')),
      severity_zh: written('zh', text('Severity', '级别')),
      rule: text('Check', '检查项'),
      column: text('Column', '列'),
      count: count('Rows', '行数'),
      share: share('Share', '占比'),
      what: written('en', text('What', '说明')),
      what_zh: written('zh', text('What', '说明')),
      lines: text('Lines', '行号'),
      example: text('Example', '示例'),
      dimension: detail(text('Dimension', '维度')),
    },
    scores: {
      column: text('Column', '列'),
      meaning: written('en', text('Taken for', '识别为')),
      meaning_zh: written('zh', text('Taken for', '识别为')),
      filled: count('Filled', '有值'),
      completeness: share('Completeness', '完整性'),
      validity: share('Validity', '有效性'),
      uniqueness: share('Uniqueness', '唯一性'),
      consistency: share('Consistency', '一致性'),
    },
    examples: {
      rule: text('Check', '检查项'),
      column: text('Column', '列'),
      file: text('File', '文件'),
      line: number('Line', '行号'),
      value: text('Value', '内容'),
    },
    changes: {
      column: text('Column', '列'),
      measure: text('Measure', '指标'),
      before: number('Before', '之前'),
      now: number('Now', '现在'),
      difference: number('Difference', '变化'),
    },
  },
  titles: {
    findings: { en: 'What is wrong', zh: '问题清单' },
    scores: { en: 'Scores', zh: '质量评分' },
    examples: { en: 'Examples', zh: '问题示例' },
    changes: { en: 'What has changed', zh: '与上次相比' },
  },
  lead: ['scores'],
  examples: [
    { line: 'cust validate orders.csv', shows: 'what is wrong, and the score of every column' },
    {
      line: "cust validate orders.csv --rule 'Amount>=0' --max-bad 5%",
      shows: 'a rule of your own; exit code 4 when more than 5 % of the rows are bad',
    },
    {
      line: 'cust validate orders.csv --init rules.yaml --schema rules.schema.json',
      shows: 'the rules that the file keeps today, for the days to come',
    },
    {
      line: 'cust validate orders.csv --rules rules.yaml --rejects bad.csv --valid good.csv',
      shows: 'held to the rules: bad rows with their reasons in one file, all others in another',
    },
  ],
})
