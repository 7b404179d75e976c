import { define } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { flag, integer, names, savedFile, textFile, text as textOption, words } from '../../core/options.ts'
import { count, detail, number, share, text } from '../../core/report.ts'
import { matchRoles } from './roleNames.ts'
import { type Threshold, thresholdOf } from './threshold.ts'

export default define({
  summary: 'Find rows that are one customer, with nothing configured, and merge them field by field',
  about: [
    'What a column says is told from its header and its values. Pairs of rows are proposed by whole values, parts of them and two columns together, within a budget, so that no common value makes them explode. How much each agreement counts is learnt from the file itself (Fellegi and Sunter 1969, by expectation maximisation): a match is weighed against all other explanations together: chance, namesakes, one household, one telephone, one town, one chain of shops. Who moved has another street, town and postcode at once, which counts once.',
    'Rows form groups by average linkage, so that one false link joins no two families. Names alone never make two rows one customer. Short forms of English names, swapped names, other characters of the same sound, traditional characters and forms of address count as evidence. Where nothing tells who is who, the run ends with exit code 5, unless --key does.',
    'Nothing is drawn by chance: the same rows give the same clusters in any order. cluster_id is the smallest id of the group; match_p the probability that belongs to the mean evidence of a row for the rest of its group; is_golden marks the row that is most complete.',
    '--sheet levels tells how each column is compared: its levels, how often matches and chance reach each, what it counts, and its condition in SQL; they are tried from the top, and the first that holds decides. --sql writes the conditions as a script for DuckDB, which tells the levels of any pairs of rows of --sheet compared.',
    'Golden rows: of each field a sound value goes before one that is not, then the most complete row decides, the newest, the most frequent value, the smallest id; address, town and postcode come from one row. --keep names other rules: newest:column, oldest:column, most-frequent, longest, shortest, most-complete, union, crm>shop.',
    '--review writes pairs to look at, most from where the model is in doubt, some from all strata of evidence; a spreadsheet fills in the column same. --labels gives the answers back: y and n hold, whatever the evidence; the weights are learnt anew with them; and precision and recall of the links are told with intervals of 95 % (Wilson by stratum), of pairs that were compared: those that were never proposed are not in the recall. --threshold precision=0.99 links down to where that share holds.',
  ],
  needs: [],
  options: {
    threshold: textOption<Threshold>(
      'probability from which two rows are one customer, or the share of links that are to be right, by --labels',
      '<p|precision=p>',
      { p: 0.5 },
      thresholdOf,
    ),
    key: words('columns that tell who is who: rows that share a value are one customer'),
    never: words('columns that are no evidence'),
    role: {
      ...textOption(
        `what a column says, column=${matchRoles.slice(0, 5).join('|')}...; may be repeated`,
        '<column=role>',
        [],
        (given) => [roleGiven(given)],
      ),
      repeats: true,
    },
    keep: textOption(
      'which value survives, email=newest:updated_at,name=longest',
      '<rules>',
      undefined,
      (given) => given,
    ),
    golden: savedFile('write one row for each customer'),
    provenance: flag('golden rows tell the id of the row that each field comes from'),
    conflicts: savedFile('write the values that the golden rows leave out'),
    pairs: savedFile('write the pairs of rows with their evidence'),
    review: savedFile('write pairs of rows to be looked at, with a column same to fill in: y, n or ?'),
    reviewPairs: integer('pairs to write with --review', 100, { min: 10, max: 100_000 }),
    labels: {
      ...textOption<string | undefined>(
        'a filled review: its answers hold, teach and judge',
        '<file>',
        undefined,
        (path) => path,
      ),
      opens: 'table' as const,
    },
    household: savedFile('write the rows with the household that they belong to: one address and surname'),
    orders: {
      ...names('orders of these customers: their customer ids become those of the clusters'),
      opens: 'table' as const,
    },
    mergedOrders: savedFile('write the orders of --orders with the ids of the clusters'),
    against: {
      ...textOption<string | undefined>(
        'link the rows to those of this file, the master, instead of to each other',
        '<file>',
        undefined,
        (path) => path,
      ),
      opens: 'table' as const,
    },
    oneToOne: flag('with --against: each row of either file is linked once at most'),
    saveModel: savedFile('write what was learnt and who was found to a file, for --use-model'),
    useModel: textFile('weigh rows as --save-model kept it, and give customers the ids that they had'),
    explain: {
      ...names('why two rows are one customer, or are not: --explain ID1 ID2'),
      placeholder: '<id id>',
      pairs: true,
    },
    sql: savedFile(
      'write the comparison levels in SQL (DuckDB), to be run on --sheet compared and any pairs',
    ),
    evaluate: words('a column with the true customer, to say how right the clusters are'),
    maxCluster: integer('groups of more rows are told and left apart', 50, { min: 2 }),
    budget: integer('pairs to compare for each row', 8, { min: 1, max: 1000 }),
  },
  gives: {
    rows: {},
    summary: {
      measure: text('Measure', '指标'),
      value: number('Value', '数值'),
      note: detail(text('Note', '说明')),
    },
    clusters: {
      cluster_id: text('Customer', '客户'),
      rows: count('Rows', '行数'),
      ids: text('Ids', '编号'),
      lowest_p: share('Lowest p', '最低概率'),
    },
    golden: {},
    conflicts: {
      cluster_id: text('Customer', '客户'),
      column: text('Column', '列'),
      kept: text('Kept', '保留值'),
      kept_from: text('from', '来源'),
      other: text('Other value', '其他值'),
      other_from: text('from', '来源'),
      rows: count('Rows', '行数'),
    },
    columns: {
      column: text('Column', '列'),
      role: text('Taken for', '识别为'),
      filled: share('Filled', '填充率'),
      distinct: count('Distinct', '不同值'),
      same_bits: number('Same, bits', '相同（比特）'),
      different_bits: number('Different, bits', '不同（比特）'),
      note: text('Note', '说明'),
    },
    levels: {
      column: text('Column', '列'),
      level: count('Level', '级别'),
      name: text('Meaning', '含义'),
      matches: number('Of matches', '匹配中占比'),
      chance: number('By chance', '随机占比'),
      bits: number('Bits', '比特'),
      sql: text('Condition', '条件'),
    },
    compared: {},
    pairs: {
      id_left: text('One', '左'),
      id_right: text('Other', '右'),
      bits: number('Bits', '比特'),
      p: share('p', '概率'),
      together: count('One customer', '同一客户'),
      levels: text('Evidence', '证据'),
    },
    labels: {
      measure: text('Measure', '指标'),
      share: share('Share', '比例'),
      low: share('At least', '下限'),
      high: share('At most', '上限'),
      pairs: count('Pairs', '行对'),
      same: count('Answers y', '答 y'),
      different: count('Answers n', '答 n'),
    },
    households: {
      id: text('Id', '编号'),
      cluster_id: text('Customer', '客户'),
      household_id: text('Household', '家庭'),
    },
    orders: {},
    changes: {
      change: text('Change', '变化'),
      before: text('Before', '原编号'),
      after: text('Now', '现编号'),
      rows: count('Rows', '行数'),
      ids: text('Ids', '编号'),
    },
    explanation: {
      column: text('Column', '列'),
      left: text('One', '左'),
      right: text('Other', '右'),
      level: text('Level', '级别'),
      bits: number('Bits', '比特'),
    },
    evaluation: {
      measure: text('Measure', '指标'),
      value: number('Value', '数值'),
    },
  },
  titles: {
    rows: { en: 'Rows', zh: '数据行' },
    summary: { en: 'Duplicates', zh: '重复情况' },
    clusters: { en: 'Groups', zh: '重复组' },
    golden: { en: 'Customers', zh: '客户（合并后）' },
    conflicts: { en: 'Values left out', zh: '未保留的值' },
    columns: { en: 'Columns', zh: '列' },
    levels: { en: 'Levels of agreement', zh: '一致程度级别' },
    compared: { en: 'Values as compared', zh: '比较用的值' },
    pairs: { en: 'Pairs', zh: '行对' },
    labels: { en: 'By the labels', zh: '按标注' },
    households: { en: 'Households', zh: '家庭' },
    orders: { en: 'Orders', zh: '订单' },
    changes: { en: 'Changes since the model', zh: '与模型相比的变化' },
    explanation: { en: 'Why', zh: '原因' },
    evaluation: { en: 'Against the truth', zh: '与真实值对比' },
  },
  lead: ['summary'],
  examples: [
    {
      line: 'cust dedupe customers.csv -o marked.csv',
      shows: 'every row, with the customer that it belongs to',
    },
    {
      line: 'cust dedupe customers.csv -o marked.csv --golden best.csv --provenance --keep email=most-frequent',
      shows: 'one row for each customer, and where each field comes from',
    },
    {
      line: 'cust dedupe customers.csv --review review.csv',
      shows: 'pairs to look at in a spreadsheet; then: --labels review.csv --threshold precision=0.99',
    },
    {
      line: 'cust dedupe customers.csv --sheet columns',
      shows: 'what each column was taken for, and what it counts',
    },
    {
      line: 'cust dedupe customers.csv --sheet levels',
      shows: 'how each column is compared: the levels, what each counts, and its condition in SQL',
    },
  ],
})

function roleGiven(given: string): { readonly column: string; readonly role: (typeof matchRoles)[number] } {
  const at = given.lastIndexOf('=')
  const [column, role] = [given.slice(0, at).trim(), given.slice(at + 1).trim()]
  const known = matchRoles.find((each) => each === role)
  if (at > 0 && known) return { column, role: known }
  throw new CustError('usage', `"${given}" is not column=role, with one of ${matchRoles.join(', ')}`)
}
