/** Gaps, numbers far from the rest, spellings, duplicates, names and addresses: what is done where it is asked for. */
import { describe, expect, test } from 'vitest'
import { mulberry32 } from '../../../fixtures/random.ts'
import { CustError } from '../../../src/core/errors.ts'
import { fingerprint, pairFingerprint } from '../../../src/fields/spelling.ts'
import { cleaned, csvRecords, room } from '../../support/clean.ts'

const people = 'id,age,city,email\n1,30,Rome,a@x.com\n2,,Rome,\n3,41,,c@x.com\n4,38,Oslo,d@x.com\n'

describe('--missing', () => {
  test('drop leaves out rows with a gap, and the audit holds them whole', async () => {
    const { rows, audit, told } = await cleaned(people, '--missing', 'drop')
    expect(rows.map(([id]) => id)).toEqual(['1', '4'])
    expect(audit.filter(({ rule }) => rule.startsWith('dropped'))).toMatchObject([
      { row: 2, line: 3, before: '2,,Rome,\n', rule: 'dropped: missing: age' },
      { row: 3, line: 4, before: '3,41,,c@x.com\n', rule: 'dropped: missing: city' },
    ])
    expect(told).toContain('4 rows: 2 written, 0 rejected, 2 dropped')
  })

  test('drop for one column looks at no other', async () => {
    expect((await cleaned(people, '--missing', 'city=drop')).rows.map(([id]) => id)).toEqual(['1', '2', '4'])
  })

  test('flag adds a column that names the gaps, and writes it anew the second time', async () => {
    const once = await cleaned(people, '--missing', 'flag')
    expect(once.headers.at(-1)).toBe('missing_fields')
    expect(once.column('missing_fields')).toEqual(['', 'age; email', 'city', ''])
    const text = [once.headers, ...once.rows].map((cells) => cells.join(',')).join('\n')
    const twice = await cleaned(`${text}\n`, '--missing', 'flag')
    expect([twice.headers, ...twice.rows]).toEqual([once.headers, ...once.rows])
  })

  test('fill:median is the middle number, between two the mean of both', async () => {
    expect((await cleaned(people, '--missing', 'age=fill:median')).column('age')).toEqual([
      '30',
      '38',
      '41',
      '38',
    ])
    const even = people.replace('4,38,', '4,,')
    expect((await cleaned(even, '--missing', 'age=fill:median')).column('age')).toEqual([
      '30',
      '35.5',
      '41',
      '35.5',
    ])
  })

  test('fill:mode is the most frequent text, of equals the first by letters', async () => {
    expect((await cleaned(people, '--missing', 'fill:mode')).column('city')).toEqual([
      'Rome',
      'Rome',
      'Rome',
      'Oslo',
    ])
    const tied = 'id,city\n1,Rome\n2,Oslo\n3,Rome\n4,Oslo\n5,\n'
    expect((await cleaned(tied, '--missing', 'city=fill:mode')).column('city').at(-1)).toBe('Oslo')
  })

  test.each(['fill:mode', 'fill:knn'])('%s gives nobody the address or telephone of another', async (way) => {
    const text = `id,name,phone,email,city,plan\n${[
      ['1', 'Ann', '+14155552671', 'shop@x.com', 'Rome', 'a'],
      ['2', 'Bob', '+14155552671', 'shop@x.com', 'Rome', 'a'],
      ['3', '', '', '', 'Rome', ''],
      ['', 'Eve', '+14155552672', 'e@x.com', '', 'a'],
    ]
      .map((row) => row.join(','))
      .join('\n')}\n`
    const { rows, told } = await cleaned(text, '--missing', way)
    expect(rows[2]).toEqual(['3', '', '', '', 'Rome', 'a'])
    expect(rows[3]).toEqual(['', 'Eve', '+14155552672', 'e@x.com', 'Rome', 'a'])
    expect(told).toContain('keep their gaps: id, name, phone, email')
    // Unless it is asked for.
    const asked = await cleaned(text, '--missing', `${way},email=fill:mode`)
    expect(asked.column('email')[2]).toBe('shop@x.com')
  })

  test('a column without any value stays, and drops no row', async () => {
    const empty = 'id,none,city\n1,,Rome\n2,,Oslo\n'
    expect((await cleaned(empty, '--missing', 'drop')).rows).toHaveLength(2)
    expect((await cleaned(empty, '--missing', 'fill:mode')).column('none')).toEqual(['', ''])
  })

  test('a way or a column that does not exist is told', async () => {
    await expect(cleaned(people, '--missing', 'fill:mean')).rejects.toThrow(
      /"fill:mean" is not one of keep, drop/,
    )
    await expect(cleaned(people, '--missing', 'town=drop')).rejects.toThrow(CustError)
  })

  test('fill:knn is nearer to the truth than the median, where columns hang together', async () => {
    const random = mulberry32(4)
    const rows = Array.from({ length: 300 }, (_, i) => {
      const [height, city] = [150 + Math.floor(random() * 50), random() < 0.5 ? 'Rome' : 'Oslo']
      const weight = (height - 100 + (city === 'Rome' ? 0 : 12) + random() * 4).toFixed(1)
      return { id: i, height, city, weight }
    })
    const gap = (i: number) => i % 7 === 0
    const text = `id,height,city,weight\n${rows.map(({ id, height, city, weight }, i) => `r${id},${height},${city},${gap(i) ? '' : weight}`).join('\n')}\n`
    const errorOf = async (way: string) => {
      const found = (await cleaned(text, '--missing', `weight=${way}`)).column('weight')
      const errors = rows.flatMap(({ weight }, i) =>
        gap(i) ? [Math.abs(Number(found[i]) - Number(weight))] : [],
      )
      return errors.reduce((sum, each) => sum + each, 0) / errors.length
    }
    // Weight is spread over 66 units; what cannot be known of it is 4 wide.
    expect(await errorOf('fill:knn')).toBeLessThan(2.5)
    expect(await errorOf('fill:median')).toBeGreaterThan(8)
  })

  test('fill:knn gives a row the same value wherever the others stand, though many are as near', async () => {
    const random = mulberry32(5)
    const pick = (list: string) => list[Math.floor(random() * list.length)] as string
    const rows = Array.from({ length: 200 }, (_, i) => {
      const [plan, age] = [pick('abc'), 20 + Math.floor(random() * 3)]
      return `r${i},${pick('xy')},${i % 5 === 0 ? '' : plan},${i % 7 === 0 ? '' : age}`
    })
    const filled = async (lines: readonly string[]) => {
      const found = await cleaned(`id,group,plan,age\n${lines.join('\n')}\n`, '--missing', 'fill:knn')
      return found.rows.map((cells) => cells.join(',')).sort()
    }
    const once = await filled(rows)
    expect(once.filter((line) => line.includes(',,'))).toEqual([])
    expect(await filled([...rows].reverse())).toEqual(once)
  })
})

describe('--outliers', () => {
  const spent = [...Array.from({ length: 40 }, (_, i) => String(10 + (i % 7))), '5000']
  const text = `id,Spent\n${spent.map((each, i) => `c${i},${each}`).join('\n')}\n`

  test('flag adds a column that names them', async () => {
    const { column } = await cleaned(text, '--outliers', 'flag')
    expect(column('outlier_fields').filter((each) => each !== '')).toEqual(['Spent'])
    expect(column('Spent')).toEqual(spent)
  })

  test('clip brings them to the fence, and there they stay', async () => {
    const once = await cleaned(text, '--outliers', 'clip')
    const clipped = Number(once.column('Spent').at(-1))
    // The median is 13, the median distance to it 2; quartiles are as even about it as those of logarithms.
    expect(clipped).toBe(Math.floor(13 + 2 * 3.5 * 1.4826))
    const again = await cleaned(text.replace('5000', String(clipped)), '--outliers', 'clip')
    expect(again.column('Spent')).toEqual(once.column('Spent'))
  })

  test('reject writes them to the file of rejects, with their lines', async () => {
    const here = room()
    try {
      here.write('in.csv', text)
      await here.run('clean', 'in.csv', '-o', 'out.csv', '--outliers', 'reject', '--rejects', 'bad.csv')
      expect(csvRecords(here.read('bad.csv'))).toEqual([
        ['file', 'line', 'field', 'reason', 'text'],
        ['in.csv', '42', '2', 'outlier: Spent 5000', 'c40,5000'],
      ])
      expect(csvRecords(here.read('out.csv'))).toHaveLength(41)
    } finally {
      here.close()
    }
  })
})

describe('--exact-duplicates drop', () => {
  test('keeps the first of rows that are equal once they are mended', async () => {
    const { rows, audit } = await cleaned(
      'id,name\n1,Ann\n1, Ann\n2,Ann\n1,Ann\n',
      '--exact-duplicates',
      'drop',
    )
    expect(rows).toEqual([
      ['1', 'Ann'],
      ['2', 'Ann'],
    ])
    expect(audit.filter(({ rule }) => rule === 'dropped: exact duplicate').map(({ line }) => line)).toEqual([
      3, 5,
    ])
  })

  test('cells that would be equal one after the other are not', async () => {
    expect((await cleaned('a,b\nxy,z\nx,yz\n', '--exact-duplicates', 'drop')).rows).toHaveLength(2)
  })
})

describe('--categories', () => {
  // The examples of OpenRefine's documentation of its clustering methods.
  test('keys are those of OpenRefine', () => {
    expect(pairFingerprint('Paris')).toBe('arispari')
    expect(fingerprint(' Cruise, Tom ')).toBe(fingerprint('tom  cruise'))
    expect(fingerprint('gödel')).toBe('godel')
  })

  const towns =
    'id,city\n1,New York\n2,new york\n3,York  New\n4,NewYork\n5,Boston\n6,北京\n7,背景\n8,北京\n9,New York\n'

  test('proposes the most frequent spelling with the reason, and changes nothing', async () => {
    const here = room()
    try {
      here.write('in.csv', towns)
      await here.run('clean', 'in.csv', '-o', 'out.csv', '--categories', 'city', '--save-mapping', 'map.csv')
      expect(csvRecords(here.read('map.csv'))).toEqual(
        [
          ['column', 'value', 'count', 'proposed', 'reason'],
          ['city', 'NewYork', '1', 'New York', 'same letters; both are frequent'],
          ['city', 'York  New', '1', 'New York', 'same words; both are frequent'],
          ['city', 'new york', '1', 'New York', 'same words; both are frequent'],
          ['city', '背景', '1', '北京', 'same sounds; both are frequent'],
        ].map((row) => (row[4]?.includes('both') ? [...row.slice(0, 3), row[1], row[4]] : row)),
      )
      expect(here.read('out.csv').toString()).toBe(towns)
    } finally {
      here.close()
    }
  })

  test('a blank between Chinese characters separates nothing', async () => {
    const here = room()
    try {
      here.write('in.csv', `id,city\n${'1,上海\n'.repeat(20)}2,上 海\n3,上\u3000害\n4,海\n5,上\n`)
      await here.run('clean', 'in.csv', '-o', 'out.csv', '--categories', 'city', '--save-mapping', 'map.csv')
      expect(csvRecords(here.read('map.csv')).slice(1)).toEqual([
        ['city', '上 海', '1', '上海', 'same letters'],
        ['city', '上\u3000害', '1', '上海', 'same sounds'],
      ])
    } finally {
      here.close()
    }
  })

  test('of two spellings that are there as often the one with its accents is proposed', async () => {
    const here = room()
    try {
      here.write(
        'in.csv',
        `id,city\n${['Munchen', 'München', 'Rome', 'Oslo', 'Wien'].map((city, i) => `${i},${city}`).join('\n')}\n${'9,Rome\n'.repeat(20)}`,
      )
      await here.run('clean', 'in.csv', '-o', 'out.csv', '--categories', 'city', '--save-mapping', 'map.csv')
      expect(csvRecords(here.read('map.csv'))[1]).toEqual(['city', 'Munchen', '1', 'München', 'same words'])
    } finally {
      here.close()
    }
  })

  test('a reviewed file is applied, and told', async () => {
    const here = room()
    try {
      here.write('in.csv', towns)
      here.write(
        'map.csv',
        'column,value,count,proposed,reason\ncity,new york,1,New York,reviewed\ncity,背景,1,北京,reviewed\n',
      )
      await here.run('clean', 'in.csv', '-o', 'out.csv', '--use-mapping', 'map.csv', '--audit', 'audit.csv')
      expect(here.read('audit.csv').toString()).toContain('2,3,city,new york,New York,category\n')
      expect(here.read('out.csv').toString()).toBe(
        towns.replace('2,new york', '2,New York').replace('背景', '北京'),
      )
    } finally {
      here.close()
    }
  })

  test('a mapping of a column that the file lacks is told, and so is a flag alone', async () => {
    await expect(cleaned(towns, '--categories', 'city')).rejects.toThrow(/needs a file for what it proposes/)
    await expect(cleaned(towns, '--categories', 'town', '--save-mapping', 'm.csv')).rejects.toThrow(
      /no column "town"/,
    )
  })
})

describe('--fix', () => {
  test('names and addresses as they are written, English and Chinese', async () => {
    const text = 'Name,Address\nJOHN MCDONALD,12  Main St ,  Chicago\n'.replace(' ,  Chicago', '')
    expect((await cleaned(`${text}anna o'brien,7 Oak  Road\n`, '--fix', 'names,addresses')).rows).toEqual([
      ['John McDonald', '12 Main St'],
      ["Anna O'Brien", '7 Oak Road'],
    ])
    const chinese = '姓名,地址\n张 伟,北京市 朝阳区 建国路８８号\n李小龙先生,上海市 浦东新区\n'
    expect((await cleaned(chinese, '--fix', 'names,addresses')).rows).toEqual([
      ['张伟', '北京市朝阳区建国路88号'],
      ['李小龙', '上海市浦东新区'],
    ])
  })

  test('traditional characters become simplified ones', async () => {
    expect((await cleaned('姓名,城市\n陳志強,臺北市\n', '--fix', 'simplified')).rows).toEqual([
      ['陈志强', '台北市'],
    ])
  })

  test('without it they stay', async () => {
    expect((await cleaned('Name\nJOHN MCDONALD\nann\n')).rows).toEqual([['JOHN MCDONALD'], ['ann']])
  })
})
