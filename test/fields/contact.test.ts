import { readFileSync } from 'node:fs'
import { Converter } from 'opencc-js/cn2t'
import { expect, test } from 'vitest'
import { type Meaning, meaningOf } from '../../src/fields/contact.ts'
import { meaningOfHeader, wordsOf } from '../../src/fields/contactWords.ts'
import { simplifiedHeader } from '../../src/fields/headerCharacters.ts'
import { seenIn } from '../../src/fields/seen.ts'
import { needsShared, noSharedData, sharedData } from '../support/shared.ts'

/** Files without quotes. */
function meaningsIn(file: string): Record<string, Meaning | undefined> {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const rows = lines.map((line) => line.split(','))
  return Object.fromEntries(
    head.split(',').map((header, i) => [header, meaningOf(header, seenIn(rows.map((row) => row[i] ?? '')))]),
  )
}

test.skipIf(noSharedData)(`febrl1.csv and fake1000.csv ${needsShared}`, () => {
  expect(meaningsIn(`${sharedData}febrl1.csv`)).toEqual({
    id: 'id',
    true_cluster: 'id',
    given_name: 'given',
    surname: 'surname',
    street_number: 'address',
    address_1: 'address',
    address_2: 'address',
    suburb: 'city',
    postcode: 'postcode',
    state: 'region',
    date_of_birth: 'birth',
    soc_sec_id: 'identity',
  })
  expect(meaningsIn(`${sharedData}fake1000.csv`)).toEqual({
    id: 'id',
    true_cluster: 'id',
    first_name: 'given',
    surname: 'surname',
    dob: 'birth',
    city: 'city',
    email: 'email',
  })
})

const headers: Record<string, Record<string, Meaning | undefined>> = {
  shopify: {
    'Customer ID': 'id',
    'First Name': 'given',
    'Last Name': 'surname',
    Email: 'email',
    'Accepts Email Marketing': 'status',
    'Default Address Company': 'company',
    'Default Address Address1': 'address',
    'Default Address Address2': 'address',
    'Default Address City': 'city',
    'Default Address Province Code': 'region',
    'Default Address Country Code': 'country',
    'Default Address Zip': 'postcode',
    'Default Address Phone': 'phone',
    Phone: 'phone',
    'Accepts SMS Marketing': 'status',
    'Total Spent': 'amount',
    'Total Orders': 'quantity',
    Note: 'note',
    'Tax Exempt': undefined,
    Tags: 'note',
  },
  salesforce: {
    Id: 'id',
    IsDeleted: 'status',
    AccountId: 'id',
    LastName: 'surname',
    FirstName: 'given',
    Salutation: undefined,
    Name: 'name',
    MailingStreet: 'address',
    MailingCity: 'city',
    MailingState: 'region',
    MailingPostalCode: 'postcode',
    MailingCountry: 'country',
    Phone: 'phone',
    Fax: 'phone',
    MobilePhone: 'phone',
    HomePhone: 'phone',
    Email: 'email',
    LeadSource: 'source',
    Birthdate: 'birth',
    Description: 'note',
    OwnerId: 'id',
    CreatedDate: 'date',
    LastModifiedDate: 'updated',
    'Account Name': 'company',
  },
  zoho: {
    'Record Id': 'id',
    'Contact Owner.id': 'id',
    'First Name': 'given',
    'Last Name': 'surname',
    'Account Name': 'company',
    'Mailing Zip': 'postcode',
    'Other Street': 'address',
    'Date of Birth': 'birth',
    Mobile: 'phone',
    'Secondary Email': 'email',
    'Created Time': 'date',
    'Modified Time': 'updated',
    'Lead Source': 'source',
  },
  fxiaoke: {
    客户名称: 'name',
    客户编号: 'id',
    统一社会信用代码: 'company number',
    电话: 'phone',
    传真: 'phone',
    邮件: 'email',
    网址: 'url',
    国家: 'country',
    省: 'region',
    市: 'city',
    区: 'district',
    详细地址: 'address',
    客户来源: 'source',
    成交状态: 'status',
    创建时间: 'date',
    最后修改时间: 'updated',
    姓名: 'name',
    手机1: 'phone',
    公司: 'company',
    性别: 'sex',
    生日: 'birth',
    备注: 'note',
  },
  taiwan: {
    會員編號: 'id',
    姓名: 'name',
    訂購人: 'name',
    性別: 'sex',
    生日: 'birth',
    出生日期: 'birth',
    手機: 'phone',
    手機號碼: 'phone',
    行動電話: 'phone',
    聯絡電話: 'phone',
    電話: 'phone',
    傳真: 'phone',
    電子信箱: 'email',
    電子郵件: 'email',
    郵遞區號: 'postcode',
    收件郵遞區號: 'postcode',
    縣市: 'city',
    鄉鎮市區: 'district',
    地址: 'address',
    收貨地址: 'address',
    國家: 'country',
    公司名稱: 'company',
    統一編號: 'company number',
    身分證字號: 'identity',
    身份證號碼: 'resident',
    暱稱: 'id',
    註冊日期: 'date',
    最後更新時間: 'updated',
    累計消費金額: 'amount',
    訂單狀態: 'status',
    客戶來源: 'source',
    備註: 'note',
  },
  others: {
    会员手机号: 'phone',
    身份证号码: 'resident',
    收货人姓名: 'name',
    收货地址: 'address',
    所在城市: 'city',
    注册时间: 'date',
    累计消费金额: 'amount',
    customer_email: 'email',
    'E-Mail-Adresse': 'email',
    phone_number: 'phone',
    updated_at: 'updated',
    unit_price: 'price',
    Qty: 'quantity',
    'Zip/Postal Code': 'postcode',
    prénom: 'given',
    InvoiceNo: 'id',
    'Company phone': 'phone',
    'Email verified': 'status',
    'First time buyers': undefined,
    Bestelldatum: 'date',
    Menge: 'quantity',
    Einzelpreis: 'price',
    Gesamt: 'amount',
    Quantité: 'quantity',
    'Prix unitaire': 'price',
    Kundennummer: 'id',
    'Time of visit': 'date',
    'Lead time': 'date',
    location_zipcode: 'postcode',
    买家会员名: 'id',
  },
}

for (const [system, expected] of Object.entries(headers)) {
  test(`headers: ${system}`, () => {
    expect(
      Object.fromEntries(Object.keys(expected).map((header) => [header, meaningOfHeader(header)])),
    ).toEqual(expected)
  })
}

const means = (header: string, ...values: string[]) => meaningOf(header, seenIn(values))

test('values decide where the header says nothing', () => {
  expect(means('x', 'anna@example.com', 'bob@example.org', 'none', '')).toBe('email')
  expect(means('x', '11010519491231002X', '440524188001010014')).toBe('resident')
  expect(means('x', '91350100M000100Y43')).toBe('company number')
  expect(means('x', '2024-01-05', '2024-02-06')).toBe('date')
  expect(means('x', '+44 20 7946 0958', '+44 20 7946 0959')).toBe('phone')
  expect(means('x', 'https://example.com', 'www.example.org')).toBe('url')
  expect(means('x', '¥12.50', '¥3.00')).toBe('amount')
  expect(means('x', 'green', 'blue', 'red')).toBeUndefined()
  expect(means('x')).toBeUndefined()
})

test('a header is not believed against its values', () => {
  expect(means('Name', '#1001', '#1002', '1003')).not.toBe('name')
  expect(means('Phone', 'iPhone', 'Nokia')).toBeUndefined()
  expect(means('Date', 'soon', 'later')).toBeUndefined()
  expect(means('State', 'paid', 'cancelled', 'refunded')).toBe('status')
  expect(means('State', 'NSW', 'VIC', 'QLD')).toBe('region')
  expect(means('是否关注公众号', '是', '否')).toBeUndefined()
  expect(means('last_ip', '192.168.12.34', '10.0.120.7')).not.toBe('phone')
  expect(means('Customer ID', 'anna@example.com', 'bob@example.org')).toBe('email')
  expect(means('编号', '11010519491231002X', '440524188001010014')).toBe('resident')
})

test('an empty or masked column means what its header says', () => {
  expect(means('Phone', '', 'n/a')).toBe('phone')
  expect(means('收货人手机', '138****0013', '139****1111')).toBe('phone')
})

test('headers as words', () => {
  expect(wordsOf('MailingPostalCode')).toBe('mailing postal code')
  expect(wordsOf(' date_of-birth (ISO) ')).toBe('date of birth')
  expect(wordsOf('Address1')).toBe('address 1')
  expect(wordsOf('客户ＩＤ')).toBe('客户id')
  expect(wordsOf('客戶編號')).toBe('客户编号')
})

/** A character that was forgotten would leave its words unknown. */
test('every word for a column is known in traditional characters, as Taiwan and Hong Kong write them', () => {
  const source = readFileSync(new URL('../../src/fields/contactWords.ts', import.meta.url), 'utf8')
  const words = [...new Set(source.match(/[\u4e00-\u9fff]{2,}/g))]
  expect(words.length).toBeGreaterThan(100)
  for (const to of ['tw', 'hk', 't'] as const) {
    const traditional = Converter({ from: 'cn', to })
    expect(words.filter((word) => simplifiedHeader(traditional(word)) !== word)).toEqual([])
  }
})

test('names of people and sites are names; of programs and products they are not', () => {
  expect(['Site name', 'Contact Name', 'Teacher Name'].map(meaningOfHeader)).toEqual(['name', 'name', 'name'])
  const others = ['Program Name', 'product_name', 'CampaignName', 'Event name']
  expect(others.map(meaningOfHeader)).toEqual(others.map(() => undefined))
})

test('headers in the languages of Europe', () => {
  const meant: Readonly<Partial<Record<Meaning, readonly string[]>>> = {
    id: [
      'id_cliente',
      'Código do cliente',
      'número de pedido',
      'Kundennr',
      'IDKlienta',
      'klantnummer',
      'num_commande',
    ],
    name: ['NombreCliente', 'Kunde', 'nom du client', 'Nome do Cliente', 'Imię i nazwisko'],
    phone: ['Telefoon', 'Teléfono móvil', 'Mobilnummer', 'Telefon privat', 'telemóvel'],
    birth: [
      'Geburtsdatum',
      'Fecha_Nacimiento',
      'nato_il',
      'data de nascimento',
      'Data urodzenia',
      'Geb.datum',
    ],
    date: [
      'fecha_registro',
      'DataOrdine',
      'DataZamowienia',
      'date_inscription',
      'Bestellzeitpunkt',
      'Eintrittsdatum',
    ],
    city: ["citta'", 'Población', 'Woonplaats'],
    company: ['Razón social', 'Ragione Sociale', 'Unternehmen', 'Bedrijfsnaam'],
    postcode: ['Kod pocztowy', 'CEP', 'Código Postal'],
    identity: ['DNI', 'Codice Fiscale', 'USt-IdNr.', 'SIRET'],
    sex: ['Género', 'Sesso', 'Płeć'],
    note: ['Observaciones', 'Bemerkung', 'Opmerkingen'],
  }
  for (const [meaning, headers] of Object.entries(meant))
    for (const header of headers) expect([header, meaningOfHeader(header)]).toEqual([header, meaning])
})

test('whole names under the header of given names', () => {
  const whole = [
    'Ana Gil Soto',
    'José de Luna',
    'Rita Pons',
    'Luis Mora-Sanz',
    'Eva M. Rey',
    'Juan Vidal Roca',
  ]
  expect(meaningOf('Nombre', seenIn(whole))).toBe('name')
  expect(meaningOf('Nombre', seenIn(['Ana', 'José María', 'Rita', 'María Luisa', 'Eva', 'Juan Luis']))).toBe(
    'given',
  )
})
