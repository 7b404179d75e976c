/** Names of organisations, told from those of persons by the words that say what kind of one it is. */

const KINDS = [
  ...[
    'inc',
    'llc',
    'llp',
    'ltd',
    'limited',
    'plc',
    'corp',
    'corporation',
    'company',
    'gmbh',
    'ag',
    'kg',
    'ohg',
  ],
  ...[
    'sarl',
    'srl',
    'spa',
    'bv',
    'nv',
    'oy',
    'pty',
    'holding',
    'holdings',
    'group',
    'gruppe',
    'groupe',
    'grupo',
  ],
  ...['partners', 'associates', 'consulting', 'solutions', 'systems', 'services', 'industries', 'logistics'],
  ...[
    'school',
    'schools',
    'schule',
    'academy',
    'college',
    'university',
    'universität',
    'institute',
    'institut',
  ],
  ...[
    'daycare',
    'preschool',
    'kindergarten',
    'kita',
    'nursery',
    'center',
    'centre',
    'zentrum',
    'church',
    'kirche',
  ],
  ...['hospital', 'klinik', 'clinic', 'clinique', 'pharmacy', 'apotheke', 'pharmacie', 'farmacia', 'praxis'],
  ...[
    'association',
    'verein',
    'foundation',
    'stiftung',
    'society',
    'trust',
    'council',
    'ministry',
    'department',
  ],
  ...[
    'agency',
    'agentur',
    'bank',
    'hotel',
    'club',
    'store',
    'stores',
    'shop',
    'market',
    'markt',
    'supermarket',
  ],
  ...['restaurant', 'ristorante', 'cafe', 'café', 'grill', 'bar', 'pizzeria', 'bakery', 'bäckerei', 'farm'],
]
const western = new RegExp(`(?<!\\p{L})(?:${KINDS.join('|')}|child care|day care)(?!\\p{L})`, 'iu')
const chinese =
  /(?:公司|集[团團]|[厂廠]|店|行|中心|[学學]校|[学學]院|大[学學]|[医醫]院|[诊診]所|事[务務]所|合作社|[协協][会會]|超市|酒店|餐[厅廳]|研究[院所]|[委学學]会|基金[会會])$/

/** Does a word of the name say that it is one of an organisation? */
export function namesOrganisation(text: string): boolean {
  const name = text.normalize('NFKC').trim()
  return western.test(name) || chinese.test(name.replace(/[(（].*[)）]$/, ''))
}
