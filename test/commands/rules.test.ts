/** Baskets to rules: which lines count, what is hidden, what is advised, and what a rule is worth. */
import { describe, expect, test } from 'vitest'
import { leastBaskets, support } from '../../src/commands/rules/thresholds.ts'
import { textList } from '../../src/core/texts.ts'
import { mulberry32 } from '../../src/models/random.ts'
import type { Line } from '../support/lines.ts'
import { refusalOf } from '../support/ran.ts'
import { type Ran, rules, sheet } from '../support/rules.ts'

const line = (order: string, item: string | null, more: Line = {}): Line => ({
  order,
  item,
  problem: null,
  ...more,
})

/** Beer with diapers in most baskets that have either; bread and milk by chance. */
function shop(baskets = 400): Line[] {
  const random = mulberry32(9)
  return Array.from({ length: baskets }, (_, i) => i).flatMap((i) => {
    const items = [random() < 0.4 ? 'bread' : '', random() < 0.3 ? 'milk' : '', random() < 0.2 ? 'eggs' : '']
    if (random() < 0.15) items.push('diapers', random() < 0.8 ? 'beer' : '')
    else if (random() < 0.16) items.push('beer')
    return items.filter((item) => item !== '').map((item) => line(`o${i}`, item))
  })
}

const shown = (ran: Ran) => {
  const { lhs, rhs, count } = sheet(ran, 'rules')
  return textList(lhs).map((left, i) => `${left} => ${textList(rhs)[i]}: ${count[i]}`)
}
const facts = (ran: Ran) => {
  const { what, count } = sheet(ran, 'baskets')
  return Object.fromEntries(textList(what).map((name, i) => [name, count[i]]))
}
const refusal = (lines: readonly Line[], options: Parameters<typeof rules>[1] = {}) =>
  refusalOf(rules(lines, options))

describe('what is shown', () => {
  test('the habit and nothing else; the mirror image is counted', async () => {
    const ran = await rules(shop())
    expect(shown(ran).map((rule) => rule.replace(/: .*/, ''))).toEqual(['diapers => beer'])
    expect(ran.notes[1]).toMatch(/^shown 1 of \d+ rules of \d+ itemsets; hidden: .*1 mirror image$/)
  })

  test('with --all every rule, those that would be hidden with the reason', async () => {
    const ran = await rules(shop(), { all: true })
    const { hidden } = sheet(ran, 'rules')
    const reasons = textList(hidden ?? [])
    const [, all] = /^shown (\d+) of (\d+) rules/.exec(ran.notes[1] as string) ?? []
    expect(reasons).toHaveLength(Number(all))
    expect(reasons.filter((reason) => reason === null)).toHaveLength(1)
    expect(reasons).toContain('mirror image')
  })

  test('the order of the lines changes nothing', async () => {
    const [one, other] = [await rules(shop(), { all: true }), await rules(shop().toReversed(), { all: true })]
    expect(sheet(other, 'rules')).toEqual(sheet(one, 'rules'))
    expect(sheet(other, 'itemsets')).toEqual(sheet(one, 'itemsets'))
  })

  test('--rhs, --lhs and --contains choose, --not leaves out of all baskets', async () => {
    const all = shown(await rules(shop(), { all: true, minSupport: { baskets: 5 } }))
    const some = async (options: Parameters<typeof rules>[1]) =>
      shown(await rules(shop(), { all: true, minSupport: { baskets: 5 }, ...options })).sort()
    const matching = (pattern: RegExp) => all.filter((rule) => pattern.test(rule)).sort()
    expect(await some({ rhs: ['beer'] })).toEqual(matching(/=> beer:/))
    expect(await some({ lhs: ['beer'] })).toEqual(matching(/beer.* =>/))
    expect(await some({ contains: ['beer', 'bread'] })).toEqual(matching(/^(?=.*beer)(?=.*bread)/))
    expect(await some({ not: ['bread'] })).toEqual(matching(/^(?!.*bread)/))
    expect(await some({ maxLen: 2 })).toEqual(matching(/^[^;]*$/))
    expect(await refusal(shop(), { rhs: ['bear'] })).toBe('usage: --rhs: no item "bear"')
  })

  test('an item may have a comma in its name', async () => {
    const named = shop().map((each) => ({
      ...each,
      item: each['item'] === 'beer' ? 'beer, 6 cans' : (each['item'] as string),
    }))
    expect(shown(await rules(named, { rhs: ['beer, 6 cans'] }))).toHaveLength(1)
    expect(shown(await rules(named, { rhs: ['milk,eggs'] }))).toEqual([])
  })

  test('rules under the least lift are counted, and the rest is what is shown', async () => {
    const plain = sheet(await rules(shop(), { all: true, minSupport: { baskets: 5 } }), 'rules').lift
    const ran = await rules(shop(), { all: true, minSupport: { baskets: 5 }, minLift: 1.1 })
    const kept = plain.filter((lift) => lift >= 1.1)
    expect([...sheet(ran, 'rules').lift]).toEqual([...kept])
    expect(ran.notes[1]).toContain(`${plain.length - kept.length} below the least lift`)
    expect((await rules(shop(), { minLift: 99 })).warnings[0]).toMatch(/^no rule has a lift of 99/)
  })

  test('--all shows more at the same support, also where it is found out', async () => {
    const support = (ran: Ran) => /at least (\d+) of/.exec(ran.notes[0] as string)?.[1]
    expect(support(await rules(shop(), { all: true }))).toBe(support(await rules(shop())))
  })

  test('what is longer than --max-len decides all the same what is closed and maximal', async () => {
    const flags = async (maxLen: number | undefined) => {
      const { items, size, closed, maximal } = sheet(
        await rules(shop(), { minSupport: { baskets: 3 }, maxLen }),
        'itemsets',
      )
      return textList(items)
        .map((text, i) => `${text}: ${textList(closed)[i]} ${textList(maximal)[i]} ${size[i]}`)
        .filter((row) => !/[345]$/.test(row))
    }
    expect(await flags(2)).toEqual(await flags(undefined))
  })

  test('closed and maximal itemsets', async () => {
    const sizes = async (itemsets: 'all' | 'closed' | 'maximal') =>
      sheet(await rules(shop(), { minSupport: { baskets: 5 }, itemsets }), 'itemsets').size.length
    const [all, closed, maximal] = [await sizes('all'), await sizes('closed'), await sizes('maximal')]
    expect(all).toBeGreaterThanOrEqual(closed)
    expect(closed).toBeGreaterThan(maximal)
  })
})

describe('which lines count', () => {
  const columns: Line = { status: 'paid', amount: '10', quantity: '1' }
  const lines = (...more: Line[]) => [...shop().map((each) => ({ ...each, ...columns })), ...more]

  test('those that were cancelled, paid back, or are of nothing are out and counted', async () => {
    const ran = await rules(
      lines(
        line('o1', 'wine', { ...columns, status: 'cancelled' }),
        line('o1', 'wine', { ...columns, amount: '-10' }),
        line('o1', 'wine', { ...columns, quantity: '0' }),
        line('o1', null, columns),
        { ...line('', 'wine', columns), order: null },
      ),
    )
    const { tally } = ran.counted ?? { tally: undefined }
    expect(tally?.leftOut.map(({ reason, lines: count }) => `${count} ${reason}`)).toEqual([
      '1 cancelled',
      '1 item: none',
      '1 order: none',
      '1 quantity: none',
      '1 refund',
    ])
    expect(textList(sheet(ran, 'items').item)).not.toContain('wine')
  })

  test('an order that was paid back is out, also where a column says how much', async () => {
    const back = line('o1', 'wine', { ...columns, status: 'refunded', refund: '10' })
    const ran = await rules([...shop().map((each) => ({ ...each, ...columns, refund: '0' })), back])
    expect(ran.counted?.tally.leftOut).toEqual([{ reason: 'refunded', lines: 1 }])
  })

  test('an item counts once in a basket', async () => {
    const [plain, twice] = [await rules(lines()), await rules([...lines(), ...lines()])]
    expect(facts(twice)['lines that repeat an item of their basket']).toBe(lines().length)
    expect(shown(twice)).toEqual(shown(plain))
  })

  test('without orders a basket is what a customer bought on a day', async () => {
    const byDay = shop().map(({ order, ...rest }) => ({ ...rest, customer: `c${order}`, day: '2024-05-01' }))
    const ran = await rules(byDay)
    expect(shown(ran)).toEqual(shown(await rules(shop())))
    expect(ran.notes[0]).toContain('a basket is what a customer bought on a day')
  })

  test('goods that may be none are told', async () => {
    const shipped = shop().map((each) => line(each['order'] as string, 'Shipping'))
    const ran = await rules([...shop(), ...shipped])
    expect(ran.notes.at(-1)).toMatch(
      /^perhaps no goods: "Shipping" in \d+ baskets; leave them out with --not$/,
    )
  })

  test('a basket of weight three is three baskets', async () => {
    const weighed = shop().map((each) => ({ ...each, 'extra times': '3' }))
    const threefold = [1, 2, 3].flatMap((copy) =>
      shop().map((each) => line(`${copy} ${each['order']}`, each['item'] as string)),
    )
    const options = { all: true, minSupport: { baskets: 12 } }
    const [one, other] = [
      await rules(weighed, { ...options, weight: ['times'] }),
      await rules(threefold, options),
    ]
    expect(sheet(one, 'rules')).toEqual(sheet(other, 'rules'))
    expect(
      await refusal(
        shop().map((each) => ({ ...each, 'extra times': '1.5' })),
        { weight: ['times'] },
      ),
    ).toBe('input: --weight: "1.5" is no whole number')
  })

  test('lists in one cell, whatever separates them', async () => {
    const baskets = new Map<string, string[]>()
    for (const { order, item } of shop()) {
      baskets.set(order as string, [...(baskets.get(order as string) ?? []), item as string])
    }
    const wanted = shown(await rules(shop(), { all: true }))
    for (const mark of [',', ';', '、', '，', '|', ', ']) {
      const listed = [...baskets].map(([order, items]) => line(order, items.join(mark)))
      const ran = await rules(listed, { all: true })
      expect(shown(ran), mark).toEqual(wanted)
      expect(ran.notes[0]).toContain('a row is a basket')
    }
  })
})

describe('what a rule is worth', () => {
  test('price times quantity where there is a price: the amount may be that of the whole order', async () => {
    const priced = shop().map((each) => ({ ...each, quantity: '2', price: '4', amount: '100' }))
    const { leverage, extra_money } = sheet(await rules(priced), 'rules')
    expect(extra_money?.units[0]).toBeCloseTo(100 * 1000 * (leverage[0] as number) * 8, -1)
  })

  test('nothing is said of units and money where baskets count several times, or some are left out', async () => {
    const priced = shop().map((each) => ({ ...each, quantity: '2', amount: '5', 'extra times': '2' }))
    for (const options of [{ weight: ['times'] }, { maxBasket: 2 }]) {
      const ran = await rules(priced, { ...options, all: true })
      expect(sheet(ran, 'rules').extra_money).toBeUndefined()
      expect(sheet(ran, 'items').units.every(Number.isNaN)).toBe(true)
    }
    const wide = await rules(priced, { maxBasket: 2 })
    expect(wide.notes[0]).toMatch(/^\d+ baskets of more than 2 items, left out$/)
    expect(await refusal(shop(), { by: 'extra_money' })).toMatch(
      /^input: --by extra_money: the input has no amounts/,
    )
  })

  test('lines of one basket that disagree on how often it counts are refused', async () => {
    const lines = shop().map((each, i) => ({ ...each, 'extra times': String(1 + (i % 2)) }))
    expect(await refusal(lines, { weight: ['times'] })).toMatch(/^input: --weight: lines of one basket say/)
  })

  test('leverage times what a basket with the right side holds of it, per 1,000 baskets', async () => {
    const priced = shop().map((each) => ({
      ...each,
      quantity: '2',
      amount: each['item'] === 'beer' ? '7.50' : '3.00',
    }))
    const { leverage, extra_units, extra_money } = sheet(await rules(priced), 'rules')
    expect(extra_units[0]).toBeCloseTo(1000 * (leverage[0] as number) * 2, 9)
    expect(extra_money?.units[0]).toBeCloseTo(100 * 1000 * (leverage[0] as number) * 7.5, -1)
  })

  test('amounts in several currencies are refused', async () => {
    const mixed = shop().map((each, i) => ({ ...each, amount: '1', currency: i % 2 === 0 ? 'EUR' : 'USD' }))
    expect(await refusal(mixed)).toBe('input: amounts in several currencies cannot be added: EUR, USD')
  })
})

describe('thresholds', () => {
  test('shares become counts without floating point', () => {
    const least = (text: string, total: number) => {
      const given = support(text)
      return given === 'auto' || 'baskets' in given ? given : leastBaskets(given.share, total)
    }
    expect(least('0.1%', 9835)).toBe(10)
    expect(least('0.001', 9835)).toBe(10)
    // 100 x 0.07 is 7.000000000000001 in floating point.
    expect(least('7%', 100)).toBe(7)
    expect(least('100%', 3)).toBe(3)
    expect(least('20', 100)).toEqual({ baskets: 20 })
  })

  test.each(['0', '-1', '0%', '101%', '1.5', 'many', '1e3'])('"%s" is no support', (text) => {
    expect(() => support(text)).toThrow(/is not a support/)
  })

  test('a support that no item has is refused with the most frequent item', async () => {
    expect(await refusal(shop(), { minSupport: { baskets: 390 } })).toMatch(
      /^usage: no item is in 390 of \d+ baskets$/,
    )
  })

  test('they are those of the rules that are asked for', async () => {
    const asked = { rhs: ['eggs'], minSupport: { baskets: 10 } }
    const ran = await rules(shop(), { ...asked, minConfidence: { numerator: 95, denominator: 100 } })
    const [, share] = /try --min-confidence (\d+)%/.exec(ran.warnings[0] as string) ?? []
    const eased = await rules(shop(), {
      ...asked,
      minConfidence: { numerator: Number(share), denominator: 100 },
      all: true,
    })
    expect(shown(eased).length).toBeGreaterThan(0)
    expect(shown(eased).every((rule) => rule.includes('=> eggs'))).toBe(true)
  })

  test('where nothing is left the thresholds that would give rules are named, and true', async () => {
    const at = { minSupport: { baskets: 20 } }
    const strict = await rules(shop(), { ...at, minConfidence: { numerator: 99, denominator: 100 } })
    const [, share] = /try --min-confidence (\d+)%$/.exec(strict.warnings[0] as string) ?? []
    const minConfidence = { numerator: Number(share), denominator: 100 }
    expect(shown(await rules(shop(), { ...at, minConfidence, all: true })).length).toBeGreaterThan(0)
    const rare = await rules(shop(), { minSupport: { baskets: 100 } })
    const [, least] = /try --min-support (\d+)/.exec(rare.warnings[0] as string) ?? []
    expect(
      shown(await rules(shop(), { minSupport: { baskets: Number(least) }, all: true })).length,
    ).toBeGreaterThan(0)
  })
})

describe('input that holds no baskets', () => {
  test.each([
    [
      'one item each',
      shop().map((each, i) => line(`${i}`, each['item'] as string)),
      /none of \d+ baskets has more than one item/,
    ],
    ['all in one', shop().map(({ item }) => line('1', item as string)), /all \d+ lines are one basket/],
    [
      'no order, no customer',
      shop().map(({ item }) => ({ item: item as string, problem: null })),
      /nothing says which lines/,
    ],
  ])('%s', async (_, lines, message) => {
    expect(await refusal(lines)).toMatch(message)
  })

  test('--basket customer,date needs both', async () => {
    expect(await refusal(shop(), { basket: 'customer,date' })).toBe('input: no column found for the customer')
  })
})
