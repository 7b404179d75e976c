import { expect, test } from 'vitest'
import { compareIds } from '../../../src/commands/dedupe/ids.ts'
import { keepRules } from '../../../src/commands/dedupe/keep.ts'
import { unitsOf } from '../../../src/commands/dedupe/together.ts'
import { CustError } from '../../../src/core/errors.ts'
import { meaningOfHeader } from '../../../src/fields/contactWords.ts'

const columnsOf = (headers: string) =>
  headers.split(',').map((header) => ({ header, meaning: meaningOfHeader(header) }))
const columns = columnsOf(
  'customer_id,first_name,last_name,email,phone,address,city,postcode,tags,source,updated_at',
)

const ruled = (text: string): Record<string, unknown> =>
  Object.fromEntries([...keepRules(text, columns)].map(([place, rule]) => [columns[place]?.header, rule]))

test('the example of the manual', () => {
  const text =
    'email=newest:updated_at,phone=most-frequent,name=longest,address=most-complete,source=crm>shop,tags=union'
  expect(ruled(text)).toEqual({
    email: { kind: 'newest', by: 10 },
    phone: { kind: 'most-frequent' },
    first_name: { kind: 'longest' },
    last_name: { kind: 'longest' },
    address: { kind: 'most-complete' },
    source: { kind: 'preferred', by: 9, values: ['crm', 'shop'] },
    tags: { kind: 'union' },
  })
})

test('other columns decide, headers go before meanings, * is for the rest', () => {
  expect(ruled('Email=SOURCE:CRM > shop')).toEqual({
    email: { kind: 'preferred', by: 9, values: ['crm', 'shop'] },
  })
  expect(ruled('last_name=shortest,name=longest')).toEqual({
    first_name: { kind: 'longest' },
    last_name: { kind: 'shortest' },
  })
  expect(Object.keys(ruled('*=oldest:updated_at,email=newest'))).toHaveLength(columns.length)
  expect(ruled('*=oldest:updated_at,email=newest')['email']).toEqual({ kind: 'newest', by: undefined })
})

test('a comma in a header is doubled', () => {
  expect([...keepRules('Name,, full=longest', [{ header: 'Name, full' }]).keys()]).toEqual([0])
})

test.each([
  ['emial=longest', /no column "emial"/, /the file has: customer_id, first_name/],
  ['email', /"email" is no rule/, /column=rule/],
  ['email=', /"email=" is no rule/, /newest/],
  ['email=latest', /"email=latest" has no rule that is known/, /most-frequent, longest/],
  ['email=newest:changed', /no column "changed"/, /updated_at/],
  ['email=newest:', /lacks the name of a column/, /newest:date_column/],
  ['email=longest,EMAIL=shortest', /"email" has two rules/, /leave one/],
  ['source=crm>', /lacks a value/, /crm>shop/],
  ['*=crm>shop', /has to name a column/, /source:crm>shop/],
  [' , ', /empty/, /column=rule/],
])('%s: an error that says what to do', (text, message, hint) => {
  let failure: unknown
  try {
    keepRules(text, columns)
  } catch (error) {
    failure = error
  }
  expect(failure).toBeInstanceOf(CustError)
  const { kind, message: said, hint: help } = failure as CustError
  expect(kind).toBe('usage')
  expect(said).toMatch(message)
  expect(help).toMatch(hint)
})

const groups = (headers: string, keep = ''): string[] => {
  const all = columnsOf(headers)
  const units = unitsOf(all, keep ? keepRules(keep, all) : new Map())
  return units.map(({ columns: places }) => places.map((place) => all[place]?.header).join('+'))
}

test('addresses and names belong together, each address of several apart', () => {
  expect(groups('id,first_name,last_name,email,address,city,postcode')).toEqual([
    'id',
    'first_name+last_name',
    'email',
    'address+city+postcode',
  ])
  expect(groups('billing_address,billing_city,shipping_address,shipping_city,vip')).toEqual([
    'billing_address+billing_city',
    'shipping_address+shipping_city',
    'vip',
  ])
  expect(groups('姓名,省份,城市,地址,邮编')).toEqual(['姓名', '省份+城市+地址+邮编'])
})

test('two rules in a group part it', () => {
  expect(groups('address,city,postcode', 'city=newest')).toEqual(['address+city+postcode'])
  expect(groups('address,city,postcode', 'city=newest,postcode=most-frequent')).toEqual([
    'address+city',
    'postcode',
  ])
  expect(groups('address,city', 'city=union')).toEqual(['address', 'city'])
})

test('digits of ids count as numbers', () => {
  const ids = ['10', '9', 'C10', 'C9', 'c1', '009', 'C9a', '12345678901234567890', '12345678901234567891']
  const sorted = ['9', '009', '10', '12345678901234567890', '12345678901234567891', 'C9', 'C9a', 'C10', 'c1']
  expect([...ids].sort(compareIds)).toEqual(sorted)
  for (const one of ids)
    for (const other of ids)
      expect(Math.sign(compareIds(one, other))).toBe(-Math.sign(compareIds(other, one)) + 0)
})
