import { define } from '../../core/command.ts'

export default define({
  summary: 'Write the table as it is understood, nothing else changed, in any format',
  about: [
    'Every cell stays the text that it is: encoding, delimiter, quotes, line ends and the lines above and below the table are the only things that change. Records that cannot be taken apart are left out and told.',
    'Columns keep their names; a name that is there twice gets a number behind it, and a column without one is called column_N.',
  ],
  needs: [],
  options: {},
  gives: { rows: {} },
  titles: { rows: { en: 'Rows', zh: '数据行' } },
  lead: [],
  examples: [
    { line: 'cust convert orders-gbk.csv -o plain.csv', shows: 'a plain UTF-8 CSV file of any export' },
    { line: 'cust convert orders.csv.gz -o orders.xlsx', shows: 'the same as a workbook, ids as text' },
    {
      line: 'cust convert orders.csv --columns Amount,Status --limit 5',
      shows: 'some columns, some rows',
    },
  ],
})
