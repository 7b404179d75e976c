import { expect, test } from 'vitest'
import { properName, tidyAddress } from '../../src/fields/personName.ts'

test.each([
  ['JOHN MCDONALD', 'John McDonald'],
  ["sean o'brien", "Sean O'Brien"],
  ['ANNE-MARIE D’ANGELO', 'Anne-Marie D’Angelo'],
  ['ludwig van beethoven', 'Ludwig van Beethoven'],
  ['VINCENT VAN DER BERG', 'Vincent van der Berg'],
  ['van der berg', 'Van der Berg'],
  ['LE NGUYEN', 'Le Nguyen'],
  ['maria de la cruz', 'Maria de la Cruz'],
  ['macleod', 'MacLeod'],
  ['MACHADO', 'Machado'],
  ['mack', 'Mack'],
  ['mcgee', 'McGee'],
  ['MC', 'MC'],
  ['john smith iii', 'John Smith III'],
  ['JOHN SMITH JR.', 'John Smith Jr.'],
  ['j.r.r. tolkien', 'J.R.R. Tolkien'],
  ['TJ MILLER', 'TJ Miller'],
  ['JO LI', 'Jo Li'],
  ['AL GREEN', 'Al Green'],
  ['josé garcía-márquez', 'José García-Márquez'],
  ['ÖZGE ÇELİK', 'Özge Çelik'],
  ['bob', 'Bob'],
  ['  ann   lee ', 'Ann Lee'],
  ['SMITH,JOHN', 'Smith, John'],
  ["gerard 't hooft", "Gerard 't Hooft"],
  ['müller', 'Müller'],
  ['du', 'Du'],
  ['tj', 'TJ'],
])('%s is shown as %s', (text, shown) => {
  expect(properName(text)).toBe(shown)
  expect(properName(shown)).toBe(shown)
})

test.each([
  ['VAN DER BERG', 'van der Berg'],
  ['de niro', 'de Niro'],
  ['SMITH', 'Smith'],
  ['DU', 'Du'],
])('the surname %s is shown as %s', (text, shown) => {
  expect(properName(text, 'surname')).toBe(shown)
  expect(properName(shown, 'surname')).toBe(shown)
})

test.each([
  'DeAngelo',
  'McDonald',
  'LaToya van Dyke',
  'MacDonald-Ross',
  '张伟',
  'Анна Петрова',
  'eBay',
  'Jean-Luc',
])('%s stays', (name) => {
  expect(properName(name)).toBe(name)
})

test.each([
  [' 12  High   St ,Perth ', '12 High St, Perth'],
  ['Unit 3 / 45 Acacia Rd.,, NSW', 'Unit 3/45 Acacia Rd., NSW'],
  ['5 HIGH STREET', '5 HIGH STREET'],
  ['c/o Ann Lee', 'c/o Ann Lee'],
  ['12\tBahnhofstr.', '12 Bahnhofstr.'],
])('the address %s is shown as %s', (text, shown) => {
  expect(tidyAddress(text)).toBe(shown)
  expect(tidyAddress(shown)).toBe(shown)
})
