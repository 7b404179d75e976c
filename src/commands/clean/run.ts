import type { Rewrite } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { OptionValues } from '../../core/options.ts'
import type { RewriteInput } from '../../core/rewrite.ts'
import { isPhoneCountry } from '../../fields/phone.ts'
import { mappingRules, mappingText, proposalsFor } from './categories.ts'
import type { CellMender } from './cellMender.ts'
import { duplicateStep } from './duplicates.ts'
import { type Facts, factsOf } from './facts.ts'
import type spec from './index.ts'
import { findMenders } from './menders.ts'
import { missingSteps, missingWays, noColumn } from './missing.ts'
import { donorKeeper } from './nearest.ts'
import { judgedColumns, outlierSteps } from './outliers.ts'
import { type RowStep, rowMender } from './rows.ts'
import { type BatchTold, tallyOf } from './tally.ts'
import { changesSheet, columnsSheet, tellChanges, tellColumns, tellLeft } from './told.ts'

type CleanOptions = OptionValues<(typeof spec)['options']>

export const run: Rewrite<typeof spec> = async (input, options) => {
  checkOptions(options)
  const mapping = options.useMapping === undefined ? undefined : await mappingRules(options.useMapping, input)
  const { menders, findings } = await findMenders(input, options, mapping)
  const known = await factsFor(input, menders, options)
  const { steps, adds } = stepsFor(input, menders, options, known)
  const tally = tallyOf()
  const { headers, isRow } = input
  tellColumns(menders, input)
  return {
    sheets: {
      rows: {
        rewriting: {
          ...rowMender({ headers, menders, steps, adds, isRow }),
          tell: (told) => tally.add(told as BatchTold),
          ...(steps.length === 0 && mapping === undefined ? { plan: findings } : {}),
        },
        ended: () => {
          tellLeft(tally, input)
          tellChanges(tally, input)
        },
        ...(options.dryRun ? { onlyTold: 'changes' } : {}),
      },
      changes: () => changesSheet(tally),
      columns: () => columnsSheet(menders, tally),
    },
    saves: await savesFor(input, options, known.facts),
  }
}

function checkOptions({ categories, saveMapping, dryRun, audit, country }: CleanOptions): void {
  if (country !== undefined && !isPhoneCountry(country)) {
    throw new CustError(
      'usage',
      `--country: no telephone numbers are known of "${country}"`,
      'give its code of two letters, as DE, US or CN',
    )
  }
  if (categories.length > 0 && saveMapping === undefined) {
    throw new CustError(
      'usage',
      '--categories needs a file for what it proposes',
      'name it: --save-mapping mapping.csv',
    )
  }
  if (saveMapping !== undefined && categories.length === 0) {
    throw new CustError('usage', '--save-mapping: of which columns?', 'name them: --categories city,country')
  }
  if (dryRun && audit !== undefined) {
    throw new CustError(
      'usage',
      '--audit: with --dry-run nothing is written that it could tell of',
      'leave one out',
    )
  }
}

/** What has to be known of all rows before the first is written. */
interface Known {
  readonly ways: ReturnType<typeof missingWays>
  readonly facts: ReadonlyMap<number, Facts>
  readonly donors: ReturnType<typeof donorKeeper> | undefined
}

async function factsFor(
  input: RewriteInput,
  menders: readonly CellMender[],
  options: CleanOptions,
): Promise<Known> {
  const ways = missingWays(options.missing, input, menders)
  const judged = options.outliers === 'keep' ? [] : judgedColumns(menders)
  const spelt = options.categories.map((header) => placeOf(header, input))
  const wanted = new Set([...ways.keys(), ...judged, ...spelt])
  const donors = [...ways.values()].includes('fill:knn') ? donorKeeper(menders) : undefined
  const facts =
    wanted.size === 0 ? new Map<number, Facts>() : await factsOf(input, menders, wanted, donors?.add)
  return { ways, facts, donors }
}

function placeOf(header: string, input: RewriteInput): number {
  const place = input.headers.indexOf(header)
  if (place < 0) throw noColumn('--categories', header, input)
  return place
}

function stepsFor(
  input: RewriteInput,
  menders: readonly CellMender[],
  { outliers, exactDuplicates }: CleanOptions,
  { ways, facts, donors }: Known,
) {
  const gaps = missingSteps(ways, facts, { input, menders, donors: donors?.donors() })
  const judged = new Map(
    judgedColumns(menders).flatMap((i) => (facts.has(i) ? [[i, facts.get(i) as Facts]] : [])),
  )
  const far = outliers === 'keep' ? { steps: [], adds: [] } : outlierSteps(outliers, judged, input)
  const steps: RowStep[] = [...gaps.steps, ...far.steps]
  if (exactDuplicates === 'drop') steps.push(duplicateStep(input.headers.length))
  return { steps, adds: [...gaps.adds, ...far.adds] }
}

async function savesFor(
  input: RewriteInput,
  { categories }: CleanOptions,
  facts: ReadonlyMap<number, Facts>,
): Promise<Record<string, string>> {
  if (categories.length === 0) return {}
  const found = await Promise.all(
    categories.map((header) => proposalsFor(header, facts.get(placeOf(header, input)) as Facts)),
  )
  const changed = found.flat().filter(({ value, proposed }) => proposed !== value).length
  const open = found.flat().length - changed
  const also = open === 0 ? '' : `, ${open} stay as both are frequent`
  input.note(
    `${changed} spellings are proposed to be changed${also}; review the file, then give it to --use-mapping`,
  )
  return { saveMapping: mappingText(found.flat()) }
}
