import { define } from '../../core/command.ts'
import { choice, flag, savedFile, text, words } from '../../core/options.ts'
import { count, list, text as textColumn } from '../../core/report.ts'
import { countryCode, fixOption, missingOption } from './options.ts'

export default define({
  summary: 'Mend what is safely mended in a table, with a receipt for every change',
  rewrites: { audit: 'audit', undo: 'undo' },
  about: [
    'By default: blanks around cells go, words for nothing (N/A, null, 无) become empty, digits and brackets of codes get plain width, e-mail addresses small letters, telephone numbers become E.164 (+8613800138000), dates ISO (2024-03-05), amounts plain numbers (1234.50). All else stays as it is.',
    'A column is mended only where all its rows agree. Where the order of day and month is open, where dates contradict each other, where there are two decimal marks or several currencies, the column stays as it is, and that is told; --date-order and --decimal decide.',
    'A telephone number without a country code is read by the country that its row names (Shipping Country for Shipping Phone), where the numbers of the column are valid in theirs, and stays where the row names none or it is no number there; without such a column by the country of all. --country decides for every row.',
    'Gaps are filled (--missing fill:...) with what the rest of the column suggests, in all columns but those of which every customer has an own value: ids, names, addresses, telephone numbers and the like are filled only where they are named.',
    'The input is never changed. --audit writes every changed cell with its row, line, column, text before and after, and rule, and how the file was written; with it, --undo gives the input back byte for byte from the cleaned file, and refuses where that was changed since.',
    'Rows in are rows out, rows rejected and rows dropped. Rows that cannot be taken apart are rejected (--rejects FILE); blank lines, comments, repeated headers and totals below the rows are no rows.',
  ],
  needs: [],
  options: {
    fix: fixOption,
    country: text<string | undefined>(
      'country of telephone numbers without a code, as DE or CN (default: of its row, or found out)',
      '<code>',
      undefined,
      countryCode,
    ),
    missing: missingOption,
    outliers: choice('numbers far from the rest', 'keep', ['keep', 'flag', 'clip', 'reject']),
    categories: words('columns whose spellings are compared; --save-mapping writes what is proposed'),
    saveMapping: savedFile('file for the proposed spellings, to be reviewed'),
    useMapping: text<string | undefined>(
      'file of reviewed spellings to apply',
      '<file>',
      undefined,
      (path) => path,
    ),
    exactDuplicates: choice('rows that repeat an earlier one in every cell', 'keep', ['keep', 'drop']),
    audit: savedFile('file for every change, and for --undo'),
    undo: text<string | undefined>(
      'give back the file that was cleaned, by its audit',
      '<file>',
      undefined,
      (path) => path,
    ),
    dryRun: flag('write no rows: tell what would be mended, with examples'),
  },
  gives: {
    rows: {},
    changes: {
      rule: textColumn('Rule', '规则'),
      column: textColumn('Column', '列'),
      cells: count('Cells', '单元格'),
      examples: list(textColumn('Examples', '示例')),
    },
    columns: {
      column: textColumn('Column', '列'),
      taken: textColumn('Taken for', '视为'),
      reads: textColumn('Read as', '读法'),
      changed: count('Changed', '已修改'),
      left: textColumn('Left as it is because', '未修改原因'),
    },
  },
  titles: {
    rows: { en: 'Rows', zh: '数据行' },
    changes: { en: 'Changes', zh: '修改' },
    columns: { en: 'Columns', zh: '列' },
  },
  lead: ['columns'],
  examples: [
    {
      line: 'cust clean contacts.csv -o clean.csv --audit changes.csv',
      shows: 'the file mended, and a receipt',
    },
    { line: 'cust clean contacts.csv --dry-run', shows: 'what would be mended, with examples' },
    {
      line: 'cust clean clean.csv --undo changes.csv -o original.csv',
      shows: 'the file as it was, byte for byte',
    },
    {
      line: 'cust clean contacts.csv --fix names,addresses --missing Age=fill:median -o clean.csv',
      shows: 'names and addresses too, gaps filled',
    },
  ],
})
