/** Groups of customers: what must not matter does not, what is odd is told, and a kept model does it again. */
import { describe, expect, test } from 'vitest'
import { parseDay } from '../../src/core/days.ts'
import { textList } from '../../src/core/texts.ts'
import {
  type ClusterOptions,
  cluster,
  clusterOver,
  type Ran,
  sheet,
  threeKinds,
  twoKinds,
} from '../support/cluster.ts'
import { duckdbLines, type Line } from '../support/lines.ts'
import { refusalOf } from '../support/ran.ts'

/** Cluster by customer. */
const labelsOf = (ran: Ran): Record<string, number> => {
  const { customer_id, cluster: labels } = sheet(ran, 'customers')
  return Object.fromEntries(textList(customer_id).map((id, row) => [id as string, labels[row] as number]))
}

const three: Partial<ClusterOptions> = { k: 3 }

/** The kind that a name begins with, against the cluster: one to one, where clusters are kinds. */
const pairsOf = (labels: Record<string, number>) =>
  [...new Set(Object.entries(labels).map(([id, label]) => `${id.slice(0, 2)} ${label}`))].sort()

function expectNoNaN(ran: Ran): void {
  for (const name of ['customers', 'clusters', 'profile', 'map'] as const) {
    for (const [key, values] of Object.entries(sheet(ran, name))) {
      if (!(values instanceof Float64Array)) continue
      // Of a feature whose median is 0 there is no index.
      if (key !== 'index') expect(values.every(Number.isFinite), `${name}.${key}`).toBe(true)
    }
  }
}

describe('of orders', () => {
  test('three kinds of customers are three clusters, the one that spends most first', async () => {
    const ran = await cluster(threeKinds(1), three)
    expect(pairsOf(labelsOf(ran))).toEqual(['k0 2', 'k1 1', 'k2 3'])
    const { customers, revenue_pct, sentence, name, name_zh } = sheet(ran, 'clusters')
    expect([...customers]).toEqual([40, 40, 40])
    expect(revenue_pct?.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12)
    expect(textList(name).map((each) => (each as string).split(', '))).toEqual([
      expect.arrayContaining(['big spenders']),
      expect.arrayContaining([expect.stringMatching(/frequent/i)]),
      expect.arrayContaining([expect.stringMatching(/long gone/i)]),
    ])
    expect(textList(sentence)[0]).toMatch(
      /^40 customers \(33\.3 %\), \d+\.\d % of revenue: they .*spend much \(\d,\d+, all: \d+\)/,
    )
    expect(textList(sheet(ran, 'clusters').decided_by)[0]).toMatch(/\bspend\b/)
    expect(textList(name_zh)[2]).toContain('久未购买')
    expectNoNaN(ran)
  })

  test('without -k they are found, too', async () => {
    const ran = await cluster(threeKinds(2))
    expect(pairsOf(labelsOf(ran))).toEqual(['k0 2', 'k1 1', 'k2 3'])
    expect(textList(sheet(ran, 'choice').chosen).indexOf('yes')).toBe(1)
    expect(ran.warnings).toEqual([])
  })

  test('the order of the lines changes nothing', async () => {
    const lines = threeKinds(3)
    const [one, other] = [await cluster(lines, { k: 4 }), await cluster(lines.toReversed(), { k: 4 })]
    for (const name of ['customers', 'clusters', 'profile', 'features', 'map'] as const)
      expect(sheet(other, name)).toEqual(sheet(one, name))
  })

  test('nor does the unit of the amounts', async () => {
    const lines = threeKinds(4)
    const cents = lines.map((line) => ({ ...line, amount: (100 * Number(line['amount'])).toFixed(2) }))
    for (const scale of ['z', 'robust'] as const) {
      const options = { k: 4, scale } as const
      expect(labelsOf(await cluster(cents, options))).toEqual(labelsOf(await cluster(lines, options)))
    }
  })

  test('nor, where there are groups, does the seed: neither who is together nor the numbers', async () => {
    const lines = threeKinds(5)
    const first = labelsOf(await cluster(lines, { ...three, seed: 1 }))
    for (const seed of [2, 3, 4, 99])
      expect(labelsOf(await cluster(lines, { ...three, seed }))).toEqual(first)
  })

  test('what says nothing, or the same again, is left out and told', async () => {
    const lines = threeKinds(6).map((line, i) => ({ ...line, item: `i${i}` }))
    const ran = await cluster(lines, three)
    expect(ran.notes.join('\n')).toMatch(
      /left out: .*items \(like orders\), refund_share \(the same everywhere\)/,
    )
    const { feature, used } = sheet(ran, 'features')
    const why = Object.fromEntries(textList(feature).map((each, row) => [each, textList(used)[row]]))
    expect(why).toMatchObject({
      recency_days: 'yes',
      items: 'like orders',
      refund_share: 'the same everywhere',
    })
  })

  test('a sentence says what is so: the medians of its customers and of all', async () => {
    const lines = threeKinds(9)
    const ran = await cluster(lines, three)
    const labels = labelsOf(ran)
    const bought = new Map<string, number>()
    for (const { customer } of lines)
      bought.set(customer as string, (bought.get(customer as string) ?? 0) + 1)
    const middle = (values: number[]) => {
      const sorted = values.toSorted((a, b) => a - b)
      return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2
    }
    const often = [...bought].filter(([id]) => labels[id] === 2).map(([, orders]) => orders)
    const sentence = textList(sheet(ran, 'clusters').sentence)[1] as string
    expect(sentence).toContain(`buy often (${middle(often)} times, all: ${middle([...bought.values()])})`)
    const zh = textList(sheet(ran, 'clusters').sentence_zh)[1] as string
    expect(zh).toContain(`购买频繁（${middle(often)} 次，总体 ${middle([...bought.values()])} 次）`)
    expect(zh).toMatch(/^40 位客户（33\.3 %），占消费的 \d+\.\d %：/)
  })

  test('who bought once has no gap between purchases: in the middle there, and nothing is said of it', async () => {
    const once = Array.from({ length: 60 }, (_, i) => ({
      customer: `once-${i}`,
      day: `2024-0${1 + (i % 3)}-1${i % 10}`,
      amount: String(5 + (i % 7)),
      problem: null,
    }))
    const ran = await cluster([...threeKinds(3), ...once], { k: 3 })
    const labels = labelsOf(ran)
    const own = labels['once-0'] as number
    expect(Object.entries(labels).filter(([, label]) => label === own).length).toBeGreaterThan(60)
    expect(Object.keys(labels)).toHaveLength(180)
    expect(textList(sheet(ran, 'clusters').sentence)[own - 1]).not.toMatch(/come back|times, all: 1\)/)
    // The gaps of the others alone: near 12, 70 and 20 days.
    const { feature, cluster: of, median } = sheet(ran, 'profile')
    const gaps = textList(feature).flatMap((name, row) =>
      name === 'gap_days' ? [[of[row], median[row]]] : [],
    )
    expect(gaps.find(([label]) => label === own)?.[1]).toBeLessThan(25)
  })

  test('how gaps vary is a feature where it is more than chance', async () => {
    const buyers = (name: string, steps: readonly number[]) =>
      Array.from({ length: 30 }, (_, i) => i).flatMap((i) => {
        let day = i
        return steps.map((step) => {
          day += step + (i % 2)
          const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)
          return { customer: `${name}${i}`, day: date, amount: '10', problem: null }
        })
      })
    const whyNot = async (lines: readonly Line[]) => {
      const { feature, used } = sheet(await cluster(lines, { k: 2 }), 'features')
      return textList(used)[textList(feature).indexOf('gap_variation')]
    }
    const [regular, irregular] = [buyers('r', [9, 30, 30, 31, 29, 30]), buyers('i', [9, 3, 80, 2, 60, 5])]
    expect(await whyNot([...regular, ...irregular])).toBe('yes')
    expect(await whyNot(threeKinds(5))).toBe('no more than chance')
  })

  test('lines after --as-of are unseen', async () => {
    const until = parseDay('2024-06-30') as number
    const past = threeKinds(7).filter(({ day }) => (parseDay(day as string) as number) <= until)
    const [one, other] = [
      await cluster(threeKinds(7), { ...three, asOf: until }),
      await cluster(past, { ...three, asOf: until }),
    ]
    expect(sheet(one, 'customers')).toEqual(sheet(other, 'customers'))
  })

  test('what was paid back is a feature', async () => {
    const lines = threeKinds(8).map((line, i) => ({ ...line, refund: i % 9 === 0 ? line['amount'] : null }))
    const { feature, used } = sheet(await cluster(lines as Line[], three), 'features')
    expect(textList(used)[textList(feature).indexOf('refund_share')]).toBe('yes')
  })
})

describe('what discounts took off', () => {
  const line = (customer: string, amount: string, reduction: string | null) => ({
    customer,
    day: '2024-05-01',
    amount,
    reduction,
    problem: null,
  })

  test('is a share of the full price, whatever its sign; lines that pay back do not count', async () => {
    const lines = [
      ...[line('a', '30', '10'), line('a', '50', '-10'), line('a', '-30', '10')],
      ...[line('b', '90', null), line('c', '40', '0'), line('d', '60', '20')],
    ]
    const { cluster: of, feature, median } = sheet(await cluster(lines, { k: 4 }), 'profile')
    const shares = textList(feature).flatMap((name, row) => (name === 'discount_share' ? [median[row]] : []))
    // 20 of 100, none, none, 20 of 80; by cluster.
    expect(shares.toSorted()).toEqual([0, 0, 0.2, 0.25])
    expect(of.length).toBeGreaterThan(4)
  })

  test('sets apart who buys at a discount, in words', async () => {
    const lines = threeKinds(4).map((each) => ({
      ...each,
      reduction: (each['customer'] as string).endsWith('5') ? each['amount'] : '0',
    }))
    const ran = await cluster(lines as Line[], { k: 4 })
    const [row] = textList(sheet(ran, 'clusters').name).flatMap((name, i) =>
      /bargain hunters/i.test(name as string) ? [i] : [],
    )
    expect(textList(sheet(ran, 'clusters').sentence)[row as number]).toContain(
      'buy at large discounts (50.0 %, all: 0.0 %)',
    )
  })
})

describe('of any table', () => {
  const features = ['age', 'visits', 'channel']

  test('numbers as they are, categories as one column a level that together weigh as one', async () => {
    const ran = await cluster(twoKinds(1), { features, k: 2 })
    expect(pairsOf(labelsOf(ran))).toEqual(['p0 2', 'p1 1'])
    const { feature, weight } = sheet(ran, 'features')
    expect(textList(feature)).toEqual(['age', 'visits', 'channel=phone', 'channel=shop', 'channel=web'])
    expect(weight[2]).toBe(weight[4])
    expect(sheet(ran, 'clusters').revenue).toBeUndefined()
    expect(textList(sheet(ran, 'clusters').sentence)[0]).toMatch(
      /^60 rows .*channel shop \(\d+\.\d %, all: \d+\.\d %\)/,
    )
    expectNoNaN(ran)
  })

  test.each([
    ['€ and points', (n: number) => `€ ${n}.500,25`, 1000],
    ['$ and commas', (n: number) => `$${n},500.25`, 1000],
    ['per cent', (n: number) => `${n}.5 %`, 0.01],
    ['accounting', (n: number) => `(${n}.25)`, -1],
  ])('numbers however they are written: %s', async (_, written, unit) => {
    const lines = twoKinds(1).map((line) => ({ ...line, 'extra age': written(Number(line['extra age'])) }))
    const { feature, median, cluster: of } = sheet(await cluster(lines, { features, k: 2 }), 'profile')
    expect(textList(feature).slice(0, 2)).toEqual(['age', 'visits'])
    const plain = sheet(await cluster(twoKinds(1), { features, k: 2 }), 'profile')
    // The groups are the same, their numbers may be turned round with the sign.
    const ages = (columns: typeof plain) =>
      textList(columns.feature).flatMap((name, row) =>
        name === 'age' ? [columns.median[row] as number] : [],
      )
    const [own, before] = [ages({ feature, median, cluster: of } as typeof plain), ages(plain)]
    expect(own.map((value) => Math.floor(value / unit + 1e-9)).sort()).toEqual(
      before.map((value) => Math.floor(value)).sort(),
    )
  })

  test('numbers with two decimal marks are refused', async () => {
    const lines = twoKinds(1).map((line, i) => ({ ...line, 'extra age': i % 2 ? '1.234,5' : '1,234.5' }))
    expect(await refusalOf(cluster(lines, { features, k: 2 }))).toBe(
      'input: --features age: "1,234.5" and "1.234,5" have different decimal marks',
    )
  })

  const answered = (of: (i: number) => string | null) =>
    twoKinds(6).map((line, i) => ({ ...line, 'extra uses': of(i) })) as Line[]
  const featuresOf = (ran: Ran) => textList(sheet(ran, 'features').feature)

  test.each([
    [';', 'a;b', 'b; c;', 'c'],
    ['┋', 'a┋b', 'b┋c', 'c'],
    [',', 'a, b', 'b, c', 'c'],
    ['、', 'a、b', 'b、c、b', 'c'],
  ])('several answers of a survey in one cell, split at %s', async (sign, ...cells) => {
    const lines = answered((i) => (i % 10 === 9 ? 'a' : (cells[i % 3] as string)))
    const ran = await cluster(lines, { features: ['age', 'uses'], k: 2 })
    expect(featuresOf(ran)).toEqual(['age', 'uses=a', 'uses=b', 'uses=c'])
    expect(ran.notes).toContain(`uses: several answers in a cell, split at "${sign}"`)
    // Of 120 rows: those whose cell has an a, over all of them.
    const has = (letter: string) =>
      lines.filter((line) => (line['extra uses'] as string).includes(letter)).length
    const { cluster: of, feature, median } = sheet(ran, 'profile')
    const { customers } = sheet(ran, 'clusters')
    for (const letter of ['a', 'b', 'c']) {
      const rows = textList(feature).flatMap((name, row) => (name === `uses=${letter}` ? [row] : []))
      const found = rows.reduce(
        (sum, row) => sum + (median[row] as number) * (customers[(of[row] as number) - 1] as number),
        0,
      )
      expect(found).toBeCloseTo(has(letter), 9)
    }
  })

  test.each([
    ['places', ['Bern, CH', 'Linz, AT', 'Wien, AT']],
    ['sentences', ['Yes, often', 'Yes, seldom', 'No']],
    ['a sign in one cell of many', [...Array.from({ length: 40 }, (_, i) => 'abc'[i % 3] as string), 'a;b']],
  ])('%s are one answer a cell', async (_, cells) => {
    const ran = await cluster(
      answered((i) => cells[i % cells.length] as string),
      { features: ['age', 'uses'], k: 2 },
    )
    const levels = [...new Set(cells)].filter((cell) => cell !== 'a;b').sort()
    expect(featuresOf(ran).slice(1).sort()).toEqual(levels.map((level) => `uses=${level}`))
  })

  test('a kept model reads several answers as it did', async () => {
    const lines = answered((i) => ['x;y', 'y', 'x', 'y;z', 'x;y;z'][i % 5] as string)
    const options = { features: ['age', 'uses'] }
    const made = await cluster(lines, { ...options, k: 3, saveModel: 'm.json' })
    const model = { path: 'm.json', text: made.saves['saveModel'] as string }
    const before = labelsOf(made)
    // Only these cells are there now: by themselves they would be taken for one answer each.
    const later = lines.filter((line) => line['extra uses'] === 'x;y;z')
    for (const [id, label] of Object.entries(labelsOf(await cluster(later, { ...options, model }))))
      expect(label, id).toBe(before[id])
  })

  test('missing values and words among numbers are counted, by column', async () => {
    const lines = twoKinds(2).map((line, i) => ({
      ...line,
      'extra age': i === 3 ? null : i === 4 ? 'about thirty' : line['extra age'],
      'extra channel': i === 3 || i === 5 ? null : line['extra channel'],
    }))
    const ran = await cluster(lines as Line[], { features, k: 2 })
    expect(ran.warnings).toEqual(['left out: 3 rows without a value (age 2, channel 2)'])
    expect(Object.keys(labelsOf(ran))).toHaveLength(117)
    const tally = { read: 120, used: 117, leftOut: [{ reason: 'without a value', lines: 3 }] }
    expect(ran.counted).toEqual({ asOf: undefined, customers: 117, things: 'row', tally })
  })

  test('rows are asked for in the order of the input: they may go by their numbers', async () => {
    const lines = twoKinds(3)
    const { table, close } = await duckdbLines(lines, Object.keys(lines[0] as Line).slice(0, -1))
    const orders: unknown[] = []
    const fetch: typeof table.fetch = (query, shape, order) => {
      orders.push(order)
      return table.fetch(query, shape, order)
    }
    await clusterOver({ ...table, fetch }, { features, k: 2 })
    await close()
    expect(orders).toEqual(['as read'])
  })

  test('several rows of one customer are warned of', async () => {
    const lines = twoKinds(3).map((line, i) => ({ ...line, customer: `p${i >> 1}` }))
    const { warnings } = await cluster(lines, { features, k: 2 })
    expect(warnings).toEqual(['120 rows of 60 customers: each row is put into a cluster, not each customer'])
  })

  test('without a customer a row goes by its number', async () => {
    const lines = twoKinds(3).map(({ customer: _, ...line }) => line)
    expect(Object.keys(labelsOf(await cluster(lines as Line[], { features, k: 2 })))).toHaveLength(120)
  })

  test('constant and twin columns are left out and told', async () => {
    const lines = twoKinds(4).map((line) => ({
      ...line,
      'extra months': String(12 * Number(line['extra age'])),
      'extra country': 'DE',
    }))
    const ran = await cluster(lines as Line[], { features: [...features, 'months', 'country'], k: 2 })
    expect(ran.notes.join('\n')).toContain('left out: months (like age), country=DE (the same everywhere)')
  })

  test('weights go by column; 0 leaves one out', async () => {
    const ran = await cluster(twoKinds(5), { features, k: 2, weights: [1, 0, 3] })
    expect(ran.notes.join('\n')).toContain('left out: visits (weight 0)')
    const { weight } = sheet(ran, 'features')
    expect((weight[3] as number) / (weight[2] as number)).toBeCloseTo(1, 12)
    for (const weights of [[1], [1, 2, 3, 4], [0, 0, 0]]) {
      expect(await refusalOf(cluster(twoKinds(5), { features, k: 2, weights }))).toBe(
        'usage: --weights takes 3 numbers, not all zero',
      )
    }
  })
})

describe('what has no answer is refused', () => {
  const features = ['age', 'visits']
  const refused = (lines: readonly Line[], options: Partial<ClusterOptions>) =>
    refusalOf(cluster(lines, { features, ...options }))

  test('fewer rows than clusters, one customer', async () => {
    expect(await refused(twoKinds(1).slice(0, 3), { k: 4 })).toMatch(/^model: 3 rows cannot be 4 clusters/)
    expect(await refused(twoKinds(1).slice(0, 1), { k: 'auto' })).toMatch(
      /^model: nothing tells the rows apart/,
    )
    const one = threeKinds(1).filter(({ customer }) => customer === 'k0-0')
    for (const k of ['auto', 2] as const) expect(await refusalOf(cluster(one, { k }))).toMatch(/^model: /)
  })

  test('all alike', async () => {
    const alike = twoKinds(1).map((line) => ({ ...line, 'extra age': '30', 'extra visits': '2' }))
    for (const k of ['auto', 2] as const)
      expect(await refused(alike, { k })).toMatch(/^model: nothing tells the rows apart/)
  })

  test('fewer different rows than clusters', async () => {
    const two = twoKinds(1).map((line, i) => ({
      ...line,
      'extra age': i % 2 ? '30' : '60',
      'extra visits': i % 3 ? '2' : '4',
    }))
    expect(await refused(two, { k: 5 })).toMatch(/^model: 4 different rows cannot be 5 clusters/)
    const { customers } = sheet(await cluster(two, { features, k: 4 }), 'clusters')
    expect([...customers].sort((a, b) => a - b)).toEqual([20, 20, 40, 40])
  })

  test('no row with a value everywhere, a blank column, a column of names', async () => {
    const torn = twoKinds(1).map((line, i) => ({
      ...line,
      'extra age': i % 2 ? null : '30',
      'extra visits': i % 2 ? '2' : null,
    }))
    expect(await refused(torn as Line[], { k: 2 })).toMatch(/^model: no row has a value in every feature/)
    const blank = twoKinds(1).map((line) => ({ ...line, 'extra age': null }))
    expect(await refused(blank, { k: 2 })).toBe('input: --features age: the column is blank')
    const names = twoKinds(1).map((line) => ({ ...line, 'extra age': `Mx ${line['customer']}` }))
    expect(await refused(names, { k: 2 })).toMatch(/^input: --features age: no value stands in 2 %/)
  })
})

describe('a model that was kept', () => {
  const features = ['age', 'visits', 'channel']
  const kept = async (lines: readonly Line[], options: Partial<ClusterOptions>) => {
    const ran = await cluster(lines, { ...options, saveModel: 'm.json' })
    return { ran, model: { path: 'm.json', text: ran.saves['saveModel'] as string } }
  }

  test('gives the same rows the same clusters, names and distances', async () => {
    const { ran, model } = await kept(twoKinds(1), { features, k: 3 })
    const again = await cluster(twoKinds(1), { features, model })
    expect(sheet(again, 'customers')).toEqual(sheet(ran, 'customers'))
    expect(textList(sheet(again, 'clusters').name)).toEqual(textList(sheet(ran, 'clusters').name))
    expect(again.warnings).toEqual([])
    const orders = await kept(threeKinds(1), three)
    const later = await cluster(threeKinds(1), { model: orders.model })
    expect(sheet(later, 'customers')).toEqual(sheet(orders.ran, 'customers'))
  })

  test('needs no row of every level, and gives each row what it had', async () => {
    const { ran, model } = await kept(twoKinds(1), { features, k: 3 })
    const few = twoKinds(1).filter((line) => line['extra channel'] === 'web')
    const before = labelsOf(ran)
    const later = await cluster(few, { features, model })
    for (const [id, label] of Object.entries(labelsOf(later))) expect(label, id).toBe(before[id])
    expect(later.notes).toContain('3 clusters of the model')
    const { customers, sentence, sentence_zh } = sheet(later, 'clusters')
    const empty = [...customers].indexOf(0)
    expect([textList(sentence)[empty], textList(sentence_zh)[empty]]).toEqual(['no row', '没有行'])
  })

  test('warns where the new rows are elsewhere', async () => {
    const { model } = await kept(twoKinds(1, 400), { features, k: 2 })
    const alike = await cluster(twoKinds(77, 400), { features, model })
    expect(alike.notes.join('\n')).toMatch(/% of the rows are farther out than 99 % of those/)
    const older = twoKinds(77).map((line) => ({
      ...line,
      'extra age': String(40 + Number(line['extra age'])),
    }))
    const [warning] = (await cluster(older, { features, model })).warnings
    expect(warning).toMatch(/^drift: 9\d\.\d % of the rows are farther out .*: make the clusters anew$/)
  })

  test('goes with the flags that it was made with', async () => {
    const { model } = await kept(twoKinds(1), { features, k: 2 })
    const refused = (options: Partial<ClusterOptions>) =>
      refusalOf(cluster(twoKinds(1), { features, model, ...options }))
    expect(await refused({ k: 3 })).toBe('usage: --model and -k cannot go together')
    expect(await refused({ saveModel: 'n.json' })).toBe('usage: --model and --save-model cannot go together')
    expect(await refused({ scale: 'robust' })).toBe('usage: --model and --scale cannot go together')
    expect(await refused({ weights: [1, 2, 3] })).toBe('usage: --model and --weights cannot go together')
    expect(await refused({ features: ['age'] })).toBe(
      'usage: the model was made of --features age,visits,channel',
    )
  })

  test.each([
    ['', 'not JSON'],
    ['[]', 'no clusters of this version'],
    ['null', 'no clusters of this version'],
    ['{"kind":"cust clusters","version":9}', 'no clusters of this version'],
    ['{"kind":"cust clusters","version":1}', 'its parts do not fit together'],
  ])('is refused when it is none: %s', async (text, why) => {
    const model = { path: 'm.json', text }
    expect(await refusalOf(cluster(twoKinds(1), { features, model }))).toBe(`usage: --model m.json: ${why}`)
  })

  test('is refused when a part was cut away, or is no number', async () => {
    const { model } = await kept(twoKinds(1), { features, k: 2 })
    const whole = JSON.parse(model.text)
    for (const broken of [
      { ...whole, centres: whole.centres.slice(1) },
      { ...whole, centres: whole.centres.map(() => null) },
      { ...whole, names: [{ en: 'only' }] },
      { ...whole, features: [] },
      { ...whole, reach: null },
    ]) {
      const ran = cluster(twoKinds(1), { features, model: { path: 'm.json', text: JSON.stringify(broken) } })
      expect(await refusalOf(ran)).toBe('usage: --model m.json: its parts do not fit together')
    }
  })
})
