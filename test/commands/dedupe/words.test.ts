/** What is said where a column does not exist, and where there is one of something. */
import { expect, test } from 'vitest'
import { deduped } from '../../support/dedupe.ts'

const two = 'id,name,email\n1,Ann Lee,ann@x.org\n2,Bob Ray,bob@y.org\n'

test.each(['key', 'never', 'evaluate'] as const)('--%s names a column that does not exist', async (flag) => {
  const asked = deduped(two, { [flag]: ['nosuch'] })
  await expect(asked).rejects.toMatchObject({
    kind: 'usage',
    message: `--${flag}: there is no column nosuch`,
    hint: 'the file has: id, name, email',
  })
})

test('the same, where another file is linked', async () => {
  const asked = deduped(two, { against: 'm.csv', never: ['nosuch'] }, { 'm.csv': two })
  await expect(asked).rejects.toMatchObject({
    kind: 'usage',
    message: '--never: there is no column nosuch',
  })
})

test('one row is one customer', async () => {
  const { notes } = await deduped('id,name,email\n1,Ann Lee,ann@x.org\n')
  expect(notes.join('\n')).toMatch(
    /1 row is 1 customer: 0 rows \(0\.0%\) repeat one, in 0 groups, the largest of 1 row;/,
  )
})

test('one row repeats one', async () => {
  const { notes } = await deduped(`${two}3,Ann Lee,ann@x.org\n`)
  expect(notes.join('\n')).toMatch(
    /3 rows are 2 customers: 1 row \(33\.3%\) repeats one, in 1 group, the largest of 2 rows;/,
  )
})

test('why, and how right: told in a line, too, for where only rows are written', async () => {
  const rows = ['1,Ann Lee,ann@x.org,a', '2,Ann Lee,ann@x.org,a', '3,Bob Ray,bob@y.org,b', '4,Cy Dow,,b']
  const text = `id,name,email,who\n${rows.join('\n')}\n`
  const { notes } = await deduped(text, { explain: ['1', '2'], evaluate: ['who'] })
  expect(notes).toContainEqual(
    expect.stringMatching(/^1 and 2: -?\d+\.\d bits, p \S+; .*--sheet explanation$/),
  )
  expect(notes).toContain('by who: precision 100.0%, recall 50.0%, F1 0.6667')
})

const dated = (header: string, phone = '') => {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const name = `${['Ann', 'Bob', 'Cy', 'Dora'][i % 4]} ${['Lee', 'Ray', 'Dow'][i % 3]}`
    return `${i},${name},2024-${1 + (i % 9)}-${10 + (i % 11)},${phone && `212-555-${1000 + i}`}`
  })
  return `id,name,${header},${phone || 'empty'}\n${rows.join('\n')}\n`
}

test.each(['order_date', 'created_at', 'signup date', '下单时间'])(
  'namesakes who did something on one day (%s) are not one customer',
  async (header) => {
    await expect(deduped(dated(header))).rejects.toThrow('no reliable match signal: names may agree')
  },
)

test('a birth date confirms a name, and so does a date of which the user says so', async () => {
  expect((await deduped(dated('dob'))).notes.join()).toContain('dob (date)')
  const told = await deduped(dated('created_at'), { role: [{ column: 'created_at', role: 'date' }] })
  expect(told.notes.join()).toContain('created_at (date)')
})

test('the day of an order is no evidence of who bought', async () => {
  const { notes } = await deduped(dated('order_date', 'phone'))
  expect(notes.join()).toContain('compared by: name (name), phone (phone)')
})
