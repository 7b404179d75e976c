/** Baskets that are lists of items in one cell: `bread, milk`, `面包、牛奶`. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { ItemLines } from '../../core/itemLines.ts'
import type { Baskets } from '../../models/itemsets/baskets.ts'
import { type Options, type Read, weightOf } from './read.ts'

const SEPARATORS = ['|', '、', ';', '；', '，', ',', '\t'] as const
/** Of so many lists at least this part must have a separator. */
const LISTED = 0.3

/** Of orders that are lists hardly any has a second line: it may be there twice. */
const SINGLE = 0.8

/** Where hardly any order has a second line, and many cells hold several items, they are lists. */
export function isListed({ basket, baskets, items }: ItemLines, keyed: boolean): boolean {
  if (keyed && baskets < SINGLE * basket.length) return false
  return areJson(items) || separatorOf(items) !== undefined
}

/** Lists of values are kept as they stand in a file of JSON where a value holds what would separate them. */
const areJson = (texts: readonly string[]): boolean =>
  texts.filter((text) => jsonList(text) !== undefined).length >= LISTED * texts.length

function jsonList(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map((part) => String(part).trim()) : undefined
  } catch {
    // Then it is a name that begins with a bracket.
    return undefined
  }
}

export function separatorOf(texts: readonly string[]): string | undefined {
  const share = (separator: string) =>
    texts.reduce((sum, text) => sum + (text.includes(separator) ? 1 : 0), 0) / texts.length
  const shares = SEPARATORS.map((separator) => ({ separator, share: share(separator) }))
  const best = shares.reduce((most, one) => (one.share > most.share ? one : most))
  return best.share >= LISTED ? best.separator : undefined
}

/** The parts of a list; a part in double quotes may hold the separator. */
export function partsOf(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator).map((part) => part.trim())
  const parts: string[] = []
  let [part, quoted] = ['', false]
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string
    if (letter === '"' && quoted && text[at + 1] === '"') part += text[++at]
    else if (letter === '"') quoted = !quoted
    else if (!quoted && text.startsWith(separator, at)) {
      parts.push(part.trim())
      part = ''
      at += separator.length - 1
    } else part += letter
  }
  return [...parts, part.trim()]
}

export function listedBaskets(input: Input, lines: ItemLines, { separator }: Options): Read {
  const inJson = areJson(lines.items)
  const mark = separator ?? separatorOf(lines.items) ?? (inJson ? '|' : undefined)
  if (mark === undefined) {
    throw new CustError('input', 'nothing separates the items of a list', 'name what does with --separator')
  }
  input.note(`a row is a basket, its items between "${mark === '\t' ? 'tab' : mark}"`)
  const parts = lines.items.map((list) => (inJson ? jsonList(list) : undefined) ?? partsOf(list, mark))
  const builder = basketBuilder()
  lines.item.forEach((list, line) => {
    builder.add(parts[list] as string[], lines.extra ? weightOf(lines.extra[line] ?? null) : 1)
  })
  return { ...builder.done(lines.extra !== undefined), tally: lines.tally, basketIs: 'a row' }
}

/** Takes baskets of names one by one. Repeated and blank names are dropped and counted. */
export function basketBuilder() {
  const codes = new Map<string, number>()
  const [item, start, weight]: [number[], number[], number[]] = [[], [0], []]
  let [repeated, blank] = [0, 0]
  return {
    add(names: readonly string[], times: number) {
      const held = new Set<number>()
      for (const name of names) {
        if (name === '') {
          blank++
          continue
        }
        const code = codes.get(name) ?? codes.size
        codes.set(name, code)
        if (held.has(code)) repeated++
        else item.push(code)
        held.add(code)
      }
      start.push(item.length)
      weight.push(times)
    },
    done(weighted: boolean): Omit<Read, 'tally' | 'basketIs'> {
      const names = [...codes.keys()].sort()
      const place = new Int32Array(names.length)
      names.forEach((name, i) => {
        place[codes.get(name) as number] = i
      })
      const baskets: Baskets = {
        start: Uint32Array.from(start),
        item: Int32Array.from(item, (code) => place[code] as number),
        ...(weighted ? { weight: Int32Array.from(weight) } : {}),
      }
      const none = () => new Float64Array(names.length).fill(Number.NaN)
      return {
        baskets,
        names,
        cleaned: [
          ['items that repeat one of their basket', repeated],
          ['blank items', blank],
        ],
        totals: { units: none(), money: none() },
      }
    },
  }
}
