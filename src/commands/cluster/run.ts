import type { Input, Run } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { percent, wholeText } from '../../core/numerals.ts'
import { absent } from '../../core/report.ts'
import { type Choice, SMALLEST, STABLE } from '../../models/cluster/choose.ts'
import { applyModel, type Clustered, clusterRows } from './clustered.ts'
import { describeCustomers } from './customers.ts'
import { columnOf, type Described, type Options } from './features.ts'
import type spec from './index.ts'
import { namesOf, traitsOf } from './named.ts'
import { type Model, modelText, readModel } from './saved.ts'
import { describeTable } from './table.ts'
import {
  choiceSheet,
  clustersSheet,
  customersSheet,
  featuresSheet,
  mapSheet,
  profileSheet,
  revenueOf,
  type Told,
} from './tables.ts'

export const run: Run<typeof spec> = async (input, options) => {
  const model = options.model && readModel(options.model)
  checkOptions(options, model)
  const described = await (options.features.length > 0
    ? describeTable(input, options, model?.features)
    : describeCustomers(input, options))
  const clustered = model ? applyModel(described, model) : await clusterRows(described, options, input.pause)
  const told = named(described, clustered, model)
  tell(input, told, model)
  return {
    sheets: {
      customers: () => customersSheet(told),
      clusters: () => clustersSheet(told),
      profile: () => profileSheet(told),
      choice: clustered.choice ? choiceSheet(clustered.choice) : absent('give -k auto, without --model'),
      features: () => featuresSheet(told),
      map: () => mapSheet(told),
    },
    saves: options.saveModel ? { saveModel: modelText(savedOf(told, options)) } : {},
  }
}

function checkOptions({ k, scale, weights, saveModel, features }: Options, model: Model | undefined): void {
  if (!model) return
  const clashes = {
    '-k': k !== 'auto',
    '--scale': scale !== 'z',
    '--weights': weights !== undefined,
    '--save-model': saveModel !== undefined,
  }
  for (const [flag, given] of Object.entries(clashes)) {
    if (given) throw new CustError('usage', `--model and ${flag} cannot go together`, 'the model has its own')
  }
  if (features.join() !== model.columns.join()) {
    const made = model.columns.length > 0 ? `--features ${model.columns.join(',')}` : 'the features of orders'
    throw new CustError('usage', `the model was made of ${made}`, 'give the same')
  }
}

function named(described: Described, clustered: Clustered, model: Model | undefined): Told {
  const { members, apart, prepared, labels } = clustered
  const traits = traitsOf(prepared.used, members, apart)
  const revenue = revenueOf({ described, clustered })
  const all = revenue?.reduce((sum, each) => sum + each, 0)
  const shares = members.map((own, c) => ({
    rows: own.length,
    share: own.length / labels.length,
    revenue: revenue && all ? (revenue[c] as number) / all : undefined,
  }))
  const own = namesOf(traits, shares, described.things)
  const names = model ? own.map((each, c) => ({ ...each, ...model.names[c] })) : own
  return { described, clustered, names, traits }
}

function savedOf({ clustered, names }: Told, { features, seed }: Options): Model {
  const { prepared, centres, reach } = clustered
  return {
    columns: features,
    features: prepared.used.map(({ feature: { name, level }, transform }) => ({
      name,
      separator: level?.separator,
      transform,
    })),
    centres: [...centres],
    names: names.map(({ en, zh }) => ({ en, zh })),
    reach,
    seed,
  }
}

// What is told -----------------------------------------------------------------------------------------

/** One in a hundred is expected beyond the reach of a model; twice as many are too many, if it is no chance. */
const EXPECTED = 0.01
const DRIFT = 2 * EXPECTED

function tell(input: Input, told: Told, model: Model | undefined): void {
  const { described, clustered, names } = told
  const { prepared, choice, distance } = clustered
  if (described.things === 'row') accountRows(input, told)
  const used = prepared.told
    .filter(({ why }) => why === undefined)
    .map(({ name, transform }) => (transform?.logUnit === undefined ? name : `log ${name}`))
  input.note(`by ${used.join(', ')}`)
  for (const [column, separator] of splitIn(described)) {
    input.note(`${column}: several answers in a cell, split at "${separator}"`)
  }
  const out = prepared.told.flatMap(({ name, why }) => (why === undefined ? [] : [`${name} (${why})`]))
  if (out.length > 0) input.note(`left out: ${out.join(', ')}`)
  input.note(
    `${wholeText(names.length)} clusters${choice ? `: ${whyChosen(choice)}` : model ? ' of the model' : ', as asked for'}`,
  )
  if (choice && isOverlapping(choice)) {
    input.warn('the groups overlap: drawn anew, customers would be cut apart elsewhere (see --sheet choice)')
  }
  if (model) tellDrift(input, distance, model)
}

function tellDrift(input: Input, distance: Float64Array, { reach }: Model): void {
  const rows = distance.length
  const far = distance.reduce((count, each) => count + (each > reach ? 1 : 0), 0)
  const told = `${percent(far / rows)} of the rows are farther out than 99 % of those that the model was made of`
  const byChance = EXPECTED * rows + 3 * Math.sqrt(EXPECTED * rows)
  if (far > DRIFT * rows && far > byChance) input.warn(`drift: ${told}: make the clusters anew`)
  else input.note(told)
}

function accountRows(input: Input, { described: { id, features }, clustered: { prepared } }: Told): void {
  const [read, used] = [id.length, prepared.rows.length]
  const left = read - used
  const leftOut = left > 0 ? [{ reason: 'without a value', lines: left }] : []
  input.account({ asOf: undefined, tally: { read, used, leftOut }, customers: used, things: 'row' })
  if (left > 0) input.warn(`left out: ${plural(left, 'row')} without a value (${gapsIn(features)})`)
  const different = new Set(id).size
  if (different < read) {
    const message = `${wholeText(read)} rows of ${plural(different, 'customer')}: each row is put into a cluster, not each customer`
    input.warn(message)
  }
}

const plural = (count: number, thing: string): string =>
  `${wholeText(count)} ${thing}${count === 1 ? '' : 's'}`

/** The columns with several answers in a cell, and what stands between them. */
const splitIn = ({ features }: Described): Map<string, string> =>
  new Map(features.flatMap(({ level }) => (level?.separator ? [[level.of, level.separator] as const] : [])))

/** In which columns values are missing, and how often. */
function gapsIn(features: Described['features']): string {
  const gaps = new Map(
    features.map((feature) => [
      columnOf(feature),
      feature.values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0),
    ]),
  )
  return [...gaps].flatMap(([name, count]) => (count > 0 ? [`${name} ${wholeText(count)}`] : [])).join(', ')
}

function whyChosen({ k, rule, candidates }: Choice): string {
  const own = candidates.find((each) => each.k === k)
  const figures = `stability ${own?.stability.toFixed(2)}, silhouette ${own?.silhouette.toFixed(2)}, smallest ${percent(own?.smallest ?? 0)}`
  return `${WHY[rule]} (${figures})`
}

const WHY: Readonly<Record<Choice['rule'], string>> = {
  clear: 'clear groups, the most that hold when customers are drawn anew',
  fewest: 'groups that run into one another, the fewest that are stable with a silhouette near the best',
  apart: 'two are far apart, further than any more of them',
  two: 'no more than two are stable with 3 % of the rows in each',
  gap: 'none is stable, so as many as the gap statistic says',
  one: 'there is no choice',
}

const isOverlapping = ({ k, candidates }: Choice): boolean => {
  const own = candidates.find((each) => each.k === k)
  return own !== undefined && (own.stability < STABLE || own.smallest < SMALLEST)
}
