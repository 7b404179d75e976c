/** Clusters as a file: made one day, used on other rows on another. */
import { CustError } from '../../core/errors.ts'
import type { TextFile } from '../../core/options.ts'
import type { Transform } from '../../models/cluster/transform.ts'
import type { Known } from './table.ts'

const VERSION = 1

export interface Model {
  /** The columns that --features named; none for what orders say. */
  readonly columns: readonly string[]
  readonly features: readonly (Known & { readonly transform: Transform })[]
  readonly centres: readonly number[]
  readonly names: readonly { readonly en: string; readonly zh: string }[]
  /** 99 % of the rows that it was made of were as near to their centres. */
  readonly reach: number
  readonly seed: number
}

export function modelText(model: Model): string {
  const features = model.features.map(({ name, separator, transform: { low, high, logUnit, ...rest } }) => ({
    name,
    ...(separator === undefined ? {} : { separator }),
    transform: { ...rest, logUnit: logUnit ?? null, low: finite(low), high: finite(high) },
  }))
  return `${JSON.stringify({ kind: 'cust clusters', version: VERSION, ...model, features }, null, 1)}\n`
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Throws CustError('usage') for a file that is none of these. */
export function readModel({ path, text }: TextFile): Model {
  const bad = (why: string) =>
    new CustError('usage', `--model ${path}: ${why}`, 'give a file that --save-model wrote')
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch (error) {
    throw new CustError('usage', `--model ${path}: not JSON`, 'give a file that --save-model wrote', {
      cause: error,
    })
  }
  const given = found as Record<string, unknown>
  if (given?.['kind'] !== 'cust clusters' || given['version'] !== VERSION)
    throw bad('no clusters of this version')
  const { columns, features, centres, names, reach, seed } = given
  const isSound =
    isList(columns, isText) &&
    isList(features, isFeature) &&
    isList(centres, isNumber) &&
    isList(names, isName) &&
    typeof reach === 'number' &&
    typeof seed === 'number' &&
    features.length > 0 &&
    names.length > 0 &&
    centres.length === features.length * names.length
  if (!isSound) throw bad('its parts do not fit together')
  return {
    columns,
    names,
    reach,
    seed,
    centres,
    features: features.map(({ name, separator, transform }) => ({
      name,
      separator,
      transform: {
        ...transform,
        logUnit: transform.logUnit ?? undefined,
        low: transform.low ?? Number.NEGATIVE_INFINITY,
        high: transform.high ?? Number.POSITIVE_INFINITY,
      },
    })),
  }
}

type StoredTransform = Record<'centre' | 'spread' | 'weight' | 'middle', number> &
  Record<'low' | 'high' | 'logUnit', number | null>

const isList = <T>(value: unknown, is: (each: unknown) => each is T): value is T[] =>
  Array.isArray(value) && value.every(is)
const isNumber = (value: unknown): value is number => Number.isFinite(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isName = (value: unknown): value is { en: string; zh: string } =>
  isText((value as { en?: unknown })?.en) && isText((value as { zh?: unknown })?.zh)

function isFeature(
  value: unknown,
): value is { name: string; separator?: string; transform: StoredTransform } {
  const { name, separator, transform } = (value ?? {}) as {
    name?: unknown
    separator?: unknown
    transform?: Record<string, unknown>
  }
  if (separator !== undefined && !isText(separator)) return false
  if (!isText(name) || typeof transform !== 'object' || transform === null) return false
  const numbers = ['centre', 'spread', 'weight', 'middle'].every((key) => Number.isFinite(transform[key]))
  const orNull = ['low', 'high', 'logUnit'].every(
    (key) => transform[key] === null || Number.isFinite(transform[key]),
  )
  return numbers && orNull && (transform['spread'] as number) > 0
}
