import type { Input, Run } from '../../core/command.ts'
import { formatDay, NO_DAY } from '../../core/days.ts'
import { CustError } from '../../core/errors.ts'
import {
  asOfDay,
  type CustomerSummary,
  exactMoney,
  fixedEnd,
  latestDay,
  summarise,
} from '../../core/orders.ts'
import { absent, type Columns } from '../../core/report.ts'
import { type CodedText, textList } from '../../core/texts.ts'
import { cutsText, readCuts } from './cuts.ts'
import type spec from './index.ts'
import { type Measures, measure } from './measures.ts'
import { type Before, earlierSegments, type Moves, movesOf, type Now, transitionsSheet } from './moves.ts'
import { type Scheme, type Segmentation, schemeOf } from './scheme.ts'
import {
  type FixedCuts,
  givenCuts,
  levelsOf,
  type RfmOptions,
  type Scores,
  scoreAll,
  warningsOf,
} from './scoring.ts'
import { NO_NET_PURCHASE, type Segment } from './segments.ts'
import { cutsSheet, heatmapSheet, membersOf, segmentsSheet, weightedScores } from './summary.ts'

/** Everything known of the customers on one as-of day. */
interface Snapshot extends CustomerSummary {
  readonly asOf: number
  readonly measures: Measures
  readonly scores: Scores
  readonly segmentation: Segmentation
}

export const run: Run<typeof spec> = async (input, options) => {
  checkOptions(options, input)
  const fixed = options.useCuts ? readCuts(options.useCuts, options) : givenCuts(options)
  const scheme = schemeOf(options, levelsOf(options, fixed))
  const snapshot = await look(input, options, scheme, fixed)
  input.account({ ...snapshot, customers: snapshot.measures.recency.length })
  if (snapshot.segmentation.splits.length > 0) input.note(splitsLine(snapshot.segmentation))
  for (const axis of snapshot.scores) for (const line of warningsOf(axis)) input.warn(line)
  const compared = await compare(input, options, { scheme, fixed }, snapshot)
  return {
    sheets: {
      customers: customersSheet(snapshot, options, compared),
      segments: () => segmentsSheet(membersOf(snapshot.measures, snapshot.segmentation), snapshot.measures),
      heatmap: () => heatmapSheet(snapshot.scores, snapshot.measures),
      transitions: compared?.transitions ?? absent('give --previous FILE or --compare-as-of DATE'),
      cuts: () => cutsSheet(snapshot.scores, snapshot.segmentation),
    },
    show: [
      ...(compared ? (['transitions'] as const) : []),
      ...(options.heatmap ? (['heatmap'] as const) : []),
    ],
    saves: options.saveCuts ? { saveCuts: cutsText(snapshot.scores, options, snapshot.asOf) } : {},
  }
}

/** `R high: days <= the mean (286.74); ...`. */
function splitsLine({ splits }: Segmentation): string {
  return splits.map(({ axis, rule, cut }) => `${axis} ${rule} (${Number(cut.toPrecision(9))})`).join('; ')
}

function checkOptions(
  { weights, compat, method, bins, useCuts, scheme, split, monetary, previous, compareAsOf }: RfmOptions,
  { lines }: Input,
): void {
  if (weights.length !== 3 || weights.every((weight) => weight === 0)) {
    throw new CustError('usage', '--weights takes three numbers, not all zero', 'such as --weights 3,2,1')
  }
  if (compat && method !== 'quantile')
    throw new CustError('usage', '--compat and --method cannot go together')
  if (useCuts && (method !== 'quantile' || bins !== undefined)) {
    const other = bins === undefined ? '--method' : '--bins'
    throw new CustError(
      'usage',
      `--use-cuts and ${other} cannot go together`,
      'the saved cuts decide the scores',
    )
  }
  if (split !== 'mean' && scheme !== 'cn8') {
    throw new CustError('usage', '--split is for the eight classes', 'add --scheme cn8')
  }
  if (previous !== undefined && compareAsOf !== undefined) {
    throw new CustError('usage', '--previous and --compare-as-of cannot go together')
  }
  if (monetary === 'margin' && !lines.columns.includes('margin') && !lines.columns.includes('cost')) {
    const hint = 'name one with --margin <column> or --cost <column>'
    throw new CustError('input', 'no column found for the margin or the cost', hint)
  }
}

/** Summarise, score and segment, as of one day. */
async function look(input: Input, options: RfmOptions, scheme: Scheme, fixed: FixedCuts): Promise<Snapshot> {
  const until = fixedEnd(options.asOf, input.today)
  const summary = await summarise(input.lines, {
    until,
    from: await windowStart(input, options),
    refunds: options.refunds,
    margin: options.monetary === 'margin',
  })
  const asOf = asOfDay(options.asOf, summary.latest, input.today)
  const measures = measure(summary.customers, asOf, options.monetary, options.refunds === 'ignore')
  if (measures.scored.length === 0) {
    throw new CustError('input', `none of ${measures.recency.length} customers has a positive net amount`)
  }
  const scores = scoreAll(measures, options, fixed)
  return { ...summary, asOf, measures, scores, segmentation: scheme(scores) }
}

async function windowStart(
  { lines, today }: Input,
  { window, asOf, refunds }: RfmOptions,
): Promise<number | undefined> {
  if (window === undefined) return undefined
  const end = fixedEnd(asOf, today) ?? asOfDay(asOf, await latestDay(lines, refunds), today)
  // The as-of day itself has orders unless it is the day after the last one.
  return end - window + (asOf === 'last+1' ? 0 : 1)
}

// Comparison -------------------------------------------------------------------------------------

interface Comparison {
  readonly before: Before
  readonly moves: Moves
  readonly transitions: ReturnType<typeof transitionsSheet>
}

/** How customers are scored, today and on any earlier day. */
interface Scale {
  readonly scheme: Scheme
  readonly fixed: FixedCuts
}

async function compare(
  input: Input,
  options: RfmOptions,
  scale: Scale,
  snapshot: Snapshot,
): Promise<Comparison | undefined> {
  if (options.previous === undefined && options.compareAsOf === undefined) return undefined
  const now = nowOf(snapshot)
  if (options.previous !== undefined) {
    const table = await input.open(options.previous, ['customer_id', 'segment'])
    return comparison(input, await earlierSegments(table, options.previous), now, undefined)
  }
  const earlier = await lookBack(input, options, scale, snapshot)
  const then = nowOf(earlier)
  const before = new Map(
    then.id.map((id, row) => [id ?? '', then.ranked[then.codes[row] as number]?.name ?? '']),
  )
  return comparison(input, before, now, byEarlierCuts(snapshot, earlier, options, scale.scheme))
}

function lookBack(input: Input, options: RfmOptions, { scheme, fixed }: Scale, { asOf }: Snapshot) {
  const day = options.compareAsOf as number
  if (day < asOf) return look(input, { ...options, asOf: day }, scheme, fixed)
  throw new CustError(
    'usage',
    `--compare-as-of ${formatDay(day)} is not before the as-of day ${formatDay(asOf)}`,
  )
}

function comparison(
  input: Input,
  before: Before,
  now: Now,
  fixed: readonly string[] | undefined,
): Comparison {
  const moves = movesOf(before, now)
  if (moves.gone.length === before.size && before.size > 0) {
    input.warn(`none of the ${before.size} earlier customers is here: are these the same ids?`)
  }
  if (moves.strangers.length > 0) {
    input.warn(
      `earlier segments that this map does not have, so without a move: ${moves.strangers.join(', ')}`,
    )
  }
  return { before, moves, transitions: transitionsSheet(before, now, moves, fixed) }
}

/** The segments of today if the cuts of the earlier day still held; undefined where ranks have no cuts. */
function byEarlierCuts(
  { measures }: Snapshot,
  earlier: Snapshot,
  options: RfmOptions,
  scheme: Scheme,
): string[] | undefined {
  const axes = earlier.scores.flatMap(({ name, cuts, bins }) =>
    cuts ? [[name, { ...cuts, bins }] as const] : [],
  )
  if (axes.length < earlier.scores.length) return undefined
  const { segments, codes } = scheme(scoreAll(measures, options, Object.fromEntries(axes)))
  const names = new Array<string>(measures.recency.length).fill(NO_NET_PURCHASE.name)
  measures.scored.forEach((row, i) => {
    names[row] = segments[codes[i] as number]?.name ?? ''
  })
  return names
}

function nowOf(snapshot: Snapshot): Now {
  return { id: textList(snapshot.customers.id), ...segmentsNow(snapshot) }
}

function segmentsNow({ measures, segmentation }: Snapshot): Pick<Now, 'codes' | 'ranked'> {
  const ranked: readonly Segment[] = [...segmentation.segments, NO_NET_PURCHASE]
  const codes = new Uint16Array(measures.recency.length).fill(ranked.length - 1)
  measures.scored.forEach((row, i) => {
    codes[row] = segmentation.codes[i] as number
  })
  return { codes, ranked }
}

// The answer ---------------------------------------------------------------------------------------

type CustomerColumns = Columns<(typeof spec)['gives']['customers']>

function customersSheet(
  snapshot: Snapshot,
  options: RfmOptions,
  compared: Comparison | undefined,
): CustomerColumns {
  const { customers, measures, scores } = snapshot
  const { codes, ranked } = segmentsNow(snapshot)
  const everyone = measures.recency.length
  const scattered = scores.map(({ scores: of }) => scatter(of, measures.scored, new Uint8Array(everyone)))
  const weighted = new Float64Array(everyone).fill(Number.NaN)
  const sheet: CustomerColumns = {
    customer_id: customers.id,
    last_order_date: customers.lastDay,
    recency_days: measures.recency,
    orders: customers.orders,
    net_amount: measures.net,
    monetary: options.monetary === 'sum' ? undefined : exactMoney(measures.monetary),
    r: scattered[0] as Uint8Array,
    f: scattered[1] as Uint8Array,
    m: scattered[2] as Uint8Array,
    rfm_score: scoreText(scattered as [Uint8Array, Uint8Array, Uint8Array], scores),
    rfm_weighted: scatter(weightedScores(scores, options.weights), measures.scored, weighted),
    segment: { codes, words: ranked.map(({ name }) => name) },
    segment_zh: { codes, words: ranked.map(({ zh }) => zh) },
  }
  return compared ? withMoves(sheet, textList(customers.id), compared) : sheet
}

function scatter<T extends Uint8Array | Float64Array>(values: T, rows: Uint32Array, into: T): T {
  rows.forEach((row, i) => {
    into[row] = values[i] as number
  })
  return into
}

/** `543`, or `10-1-3` where a score may have two digits. Few texts occur, so they are held once each. */
function scoreText([r, f, m]: readonly [Uint8Array, Uint8Array, Uint8Array], scores: Scores): CodedText {
  const between = scores.some(({ bins }) => bins > 9) ? '-' : ''
  const words: (string | null)[] = [null]
  const known = new Map<number, number>()
  const codes = new Uint16Array(r.length)
  r.forEach((score, row) => {
    if (score === 0) return
    const key = score * 10000 + (f[row] as number) * 100 + (m[row] as number)
    let code = known.get(key)
    if (code === undefined) {
      code = words.push([score, f[row], m[row]].join(between)) - 1
      known.set(key, code)
    }
    codes[row] = code
  })
  return { codes, words }
}

/** Customers who left stand at the end, with nothing but their id and where they were. */
function withMoves(
  sheet: CustomerColumns,
  ids: readonly (string | null)[],
  { before, moves }: Comparison,
): CustomerColumns {
  const { gone } = moves
  const longer = <T extends Float64Array | Int32Array | Uint8Array | Uint16Array>(
    values: T,
    none: number,
  ): T => {
    const all = new (values.constructor as new (length: number) => T)(values.length + gone.length).fill(
      none,
    ) as T
    all.set(values)
    return all
  }
  const coded = ({ codes, words }: CodedText): CodedText => ({
    codes: longer(codes, words.length),
    words: [...words, null],
  })
  const longerMoney = ({ units, scale }: CustomerColumns['net_amount']) => ({
    units: longer(units, Number.NaN),
    scale,
  })
  return {
    customer_id: [...ids, ...gone],
    last_order_date: longer(sheet.last_order_date, NO_DAY),
    recency_days: longer(sheet.recency_days, Number.NaN),
    orders: longer(sheet.orders, Number.NaN),
    net_amount: longerMoney(sheet.net_amount),
    monetary: sheet.monetary && longerMoney(sheet.monetary),
    r: longer(sheet.r, 0),
    f: longer(sheet.f, 0),
    m: longer(sheet.m, 0),
    rfm_score: coded(sheet.rfm_score as CodedText),
    rfm_weighted: longer(sheet.rfm_weighted, Number.NaN),
    segment: coded(sheet.segment as CodedText),
    segment_zh: coded(sheet.segment_zh as CodedText),
    segment_prev: [...moves.before, ...gone.map((customer) => before.get(customer) ?? null)],
    move: [...moves.move, ...gone.map(() => 'gone')],
  }
}
