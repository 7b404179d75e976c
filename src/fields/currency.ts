/** What stands beside an amount and says its currency. */

/** ISO 4217, and RMB, which nobody writes as CNY at home. */
const codes = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF ' +
    'CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL ' +
    'HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD ' +
    'MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR ' +
    'RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS ' +
    'UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL'
  ).split(' '),
)

/** Marks and words of one currency; those of several, such as $ and kr, have none. */
const currencies: Readonly<Record<string, string | undefined>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '৳': 'BDT',
  '₩': 'KRW',
  '₽': 'RUB',
  '₺': 'TRY',
  '₴': 'UAH',
  '฿': 'THB',
  '₫': 'VND',
  '₪': 'ILS',
  '₱': 'PHP',
  '₦': 'NGN',
  '₸': 'KZT',
  US$: 'USD',
  HK$: 'HKD',
  NT$: 'TWD',
  C$: 'CAD',
  CA$: 'CAD',
  A$: 'AUD',
  AU$: 'AUD',
  NZ$: 'NZD',
  S$: 'SGD',
  SG$: 'SGD',
  R$: 'BRL',
  MX$: 'MXN',
  'CN¥': 'CNY',
  'JP¥': 'JPY',
  'CN￥': 'CNY',
  'JP￥': 'JPY',
  RMB: 'CNY',
  CNH: 'CNY',
  元: 'CNY',
  圆: 'CNY',
  块: 'CNY',
  人民币: 'CNY',
  美元: 'USD',
  美金: 'USD',
  欧元: 'EUR',
  英镑: 'GBP',
  日元: 'JPY',
  円: 'JPY',
  港元: 'HKD',
  港币: 'HKD',
  원: 'KRW',
  zł: 'PLN',
  Kč: 'CZK',
  Ft: 'HUF',
  руб: 'RUB',
  'руб.': 'RUB',
  грн: 'UAH',
  лв: 'BGN',
  'лв.': 'BGN',
  TL: 'TRY',
  RM: 'MYR',
  Rp: 'IDR',
}
const shared = ['kr', 'kr.', 'Rs', 'Rs.', 'lei', 'Lei']

const words = [...Object.keys(currencies).filter((mark) => !/\p{Sc}/u.test(mark)), ...shared]

/** The pattern of all that may be a mark; `isMark` knows which three letters are one. */
export const anyMark = `[A-Z]{0,3}\\p{Sc}|${[...words, '[A-Za-z]{3}']
  .sort((a, b) => b.length - a.length)
  .join('|')
  .replaceAll('.', '\\.')}`

/** Are these letters or this sign a currency? */
export function isMark(text: string): boolean {
  return /\p{Sc}$/u.test(text) || words.includes(text) || codes.has(text.toUpperCase()) || /^rmb$/i.test(text)
}

/** The one currency that a mark stands for. */
export function currencyOf(mark: string): string | undefined {
  const code = mark.toUpperCase()
  return currencies[mark] ?? currencies[code] ?? (codes.has(code) ? code : undefined)
}
