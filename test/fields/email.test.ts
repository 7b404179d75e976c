import { expect, test } from 'vitest'
import { bareEmail, emailKey, proposedEmail, readEmail } from '../../src/fields/email.ts'

// The lists of https://en.wikipedia.org/wiki/Email_address, without quoted spaces, comments and hosts alone.
const valid = [
  ...[
    'simple@example.com',
    'very.common@example.com',
    'FirstName.LastName@EasierReading.org',
    'x@example.com',
  ],
  ...['long.email-address-with-hyphens@and.subdomains.example.com', 'user.name+tag+sorting@example.com'],
  ...[
    'name/surname@example.com',
    'example@s.example',
    '"john..doe"@example.org',
    'mailhost!username@example.org',
  ],
  ...['user%example.com@example.org', 'user-@example.org'],
  ...['用户@例子.广告', 'δοκιμή@παράδειγμα.δοκιμή', 'user@xn--fsqu00a.xn--0zwm56d'],
]
const invalid = [
  ...['abc.example.com', 'a@b@c@example.com', 'a"b(c)d,e:f;g<h>i[j\\k]l@example.com'],
  ...[
    'just"not"right@example.com',
    'this is"not\\allowed@example.com',
    'this\\ still\\"not\\\\allowed@example.com',
  ],
  ...['1234567890123456789012345678901234567890123456789012345678901234+x@example.com'],
  ...['i.like.underscores@but_they_are_not_allowed_in_this_part', 'i.like@under_scores.com'],
  ...['.leading@example.com', 'trailing.@example.com', 'two..dots@example.com', 'a@example..com', 'a@.com'],
  ...[
    'a@-example.com',
    'a@example-.com',
    'a@example.c',
    'a@example.123',
    'admin@example',
    '@example.com',
    'a@',
  ],
  ...[
    '',
    ' ',
    'n/a',
    'two words@example.com',
    'a@x.com, b@x.com',
    'a@x.com;b@x.com',
    `a@${'x'.repeat(64)}.com`,
  ],
  ...['138****@qq.com', 'a**@example.com'],
]

test('published addresses', () => {
  expect(valid.filter((address) => readEmail(address) !== address.toLowerCase())).toEqual([])
  expect(invalid.filter((address) => readEmail(address) !== undefined)).toEqual([])
})

test('lower case, plain characters, no spaces around the signs', () => {
  expect(readEmail(' Anna.Smith@Example.COM ')).toBe('anna.smith@example.com')
  expect(readEmail('１２３４５＠ｑｑ．ｃｏｍ')).toBe('12345@qq.com')
  expect(readEmail('anna @ example . com')).toBe('anna@example.com')
  expect(readEmail('\ufeffanna@example.com\u200b')).toBe('anna@example.com')
})

test('one mailbox has one key', () => {
  expect(emailKey('A.nna.Smith+shop@googlemail.com')).toBe('annasmith@gmail.com')
  expect(emailKey('a.b+c@example.com')).toBe('a.b@example.com')
  expect(emailKey('+c@example.com')).toBe('+c@example.com')
  expect(emailKey('nobody')).toBeUndefined()
})

test('slips of the finger are asked about, real providers are not', () => {
  const slips: Record<string, string> = {
    'a@gmial.com': 'a@gmail.com',
    'a@gmai.com': 'a@gmail.com',
    'a@gmaill.com': 'a@gmail.com',
    'a@gnail.com': 'a@gmail.com',
    'a@gmail.co': 'a@gmail.com',
    'a@gmail.con': 'a@gmail.com',
    'a@hotmial.com': 'a@hotmail.com',
    'a@yaho.com': 'a@yahoo.com',
    'a@outlok.com': 'a@outlook.com',
    '12345@qq.con': '12345@qq.com',
    '12345@qq.cn': '12345@qq.com',
    'a@163.cm': 'a@163.com',
    'a@gmial.con': 'a@gmail.com',
    'a@acme.con': 'a@acme.com',
  }
  expect(Object.fromEntries(Object.keys(slips).map((slip) => [slip, proposedEmail(slip)]))).toEqual(slips)
  const real = [
    ...[
      'gmail.com',
      'ymail.com',
      'mail.com',
      'email.com',
      'yahoo.co.uk',
      'hotmail.fr',
      'outlook.de',
      'qq.com',
    ],
    ...[
      '163.com',
      '126.com',
      '164.com',
      'live.com',
      'like.com',
      'example.com',
      'acme.co',
      'web.de',
      'icloud.com',
    ],
  ]
  expect(real.filter((domain) => proposedEmail(`a@${domain}`) !== undefined)).toEqual([])
  expect(proposedEmail('nobody')).toBeUndefined()
})

test('an address with something around it', () => {
  const around = [
    ...[
      'mailto:ann@x.com',
      '<ann@x.com>',
      'ann@x.com,',
      'ann@x.com.',
      '"ann@x.com"',
      'Ann@x.com>',
      "'ann@x.com'",
    ],
    ...['ann@x.com;', '(ann@x.com)', 'ann@x.com）'],
  ]
  expect(around.filter((text) => bareEmail(text) !== 'ann@x.com')).toEqual([])
  // Plain already, or not one address alone.
  const others = ['ann@x.com', 'Ann <ann@x.com>', 'a@x.com; b@x.com', 'ann@x', 'ann', '', '<>', 'a***@x.com,']
  expect(others.flatMap((text) => bareEmail(text) ?? [])).toEqual([])
})
