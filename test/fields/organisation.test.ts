import { expect, test } from 'vitest'
import { namesOrganisation } from '../../src/fields/organisation.ts'

test('words that say what kind of an organisation bears the name', () => {
  const organisations = [
    'Miller & Sons Ltd.',
    'ABC Child Care',
    'St. Mary School',
    'Müller Holding GmbH',
    'Ristorante Roma',
    '北京某某有限公司',
    '广州市第一医院',
    '某某科技(深圳)有限公司',
    '光明書店',
  ]
  const people = [
    'Ann Lee',
    'Barbara Shopman',
    'Dr. Klaus Banker',
    'María del Carmen García',
    '王小明',
    '陈晓店长',
  ]
  expect(organisations.filter((name) => !namesOrganisation(name))).toEqual([])
  expect(people.filter(namesOrganisation)).toEqual([])
})
