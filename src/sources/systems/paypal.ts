/**
 * PayPal says every movement of an account, and says it in the language of its owner. Holds, currency
 * conversions and money from the bank are no sales; what goes out (fees, purchases, payments back) names the
 * owner as the payer, so it belongs to no customer.
 */
import type { DateOrder } from '../../fields/date.ts'
import type { RowRule, System } from './system.ts'

/** The columns that matter, as a language names them. */
interface Activity {
  readonly name: string
  readonly title: string
  readonly date: string
  readonly types: readonly string[]
  readonly status: string
  readonly currency: string
  readonly gross: string
  readonly net: string
  readonly payer: string
  readonly transaction: string
  readonly impact: string
  /** Movements inside the account. */
  readonly internal: string | undefined
  readonly words: NonNullable<System['status']>
  readonly dateOrder?: DateOrder
}

function activity(says: Activity): System {
  return {
    name: says.name,
    title: says.title,
    signature: {
      // A statement has no status: it holds settled movements only.
      all: [says.date, says.currency, says.gross, says.net, says.payer, says.transaction],
    },
    roles: {
      customer: [says.payer],
      order: [says.transaction],
      date: [says.date],
      amount: [says.gross],
      // Titles of all articles stand in one cell.
      item: [],
      quantity: [],
      status: [says.status],
      currency: [says.currency],
    },
    status: says.words,
    rules: [
      { column: says.impact, is: ['Memo'], means: 'other', reason: 'a memo, not a payment' },
      ...internalRules(says),
      // With a hyphen, with the minus sign, or in brackets.
      { column: says.gross, is: { pattern: '^ *[-−(]' }, means: 'other', reason: 'paid out or paid back' },
    ],
    ...(says.dateOrder ? { dateOrder: says.dateOrder } : {}),
    notes: [
      'Payments back are rows that name the shop as the payer, so they cannot be taken off a customer: they are left out and counted. A sale whose own status is refunded is left out with them.',
      'Day and month, and the decimal mark, follow the settings of the account.',
    ],
  }
}

function internalRules({ types, internal }: Activity): RowRule[] {
  if (internal === undefined) return []
  return types.map((column) => ({
    column,
    is: { pattern: internal },
    means: 'other' as const,
    reason: 'moved inside the account',
  }))
}

export const paypalActivity = activity({
  name: 'paypal-activity',
  title: 'PayPal activity',
  date: 'Date',
  types: ['Type', 'Description'],
  status: 'Status',
  currency: 'Currency',
  gross: 'Gross',
  net: 'Net',
  payer: 'From Email Address',
  transaction: 'Transaction ID',
  impact: 'Balance Impact',
  internal:
    'Deposit|Withdrawal|Conversion|Hold|Reserve|Release|Authorization|Fee|Reversal|Shopping Cart Item|Invoice Sent|Request Sent|^Order$',
  words: {},
})

export const paypalActivityGerman = activity({
  name: 'paypal-activity-de',
  title: 'PayPal activity in German',
  date: 'Datum',
  types: ['Typ', 'Beschreibung'],
  status: 'Status',
  currency: 'Währung',
  gross: 'Brutto',
  net: 'Netto',
  payer: 'Absender E-Mail-Adresse',
  transaction: 'Transaktionscode',
  impact: 'Auswirkung auf Guthaben',
  internal:
    'Bankgutschrift|Abbuchung|Abhebung|Währungsumrechnung|Einbehalt|Autorisierung|Gebühr|Freigabe|Warenkorb',
  words: {
    paid: ['Abgeschlossen', 'Teilweise zurückgezahlt', 'Teilweise rückerstattet'],
    unpaid: ['Ausstehend', 'Offen'],
    cancelled: ['Abgelehnt', 'Storniert', 'Abgebrochen', 'Fehlgeschlagen'],
    refunded: ['Zurückgezahlt', 'Rückerstattet', 'Erstattet'],
  },
  dateOrder: 'dmy',
})

export const paypalActivityFrench = activity({
  name: 'paypal-activity-fr',
  title: 'PayPal activity in French',
  date: 'Date',
  types: ['Type'],
  status: 'État',
  currency: 'Devise',
  gross: 'Avant commission',
  net: 'Net',
  payer: "De l'adresse email",
  transaction: 'Numéro de transaction',
  impact: 'Impact sur le solde',
  // Money from the bank names no payer, so it counts for nobody.
  internal: undefined,
  words: {
    paid: ['Terminé', 'Effectué', 'Partiellement remboursé'],
    unpaid: ['En attente'],
    cancelled: ['Annulé', 'Refusé', 'Échoué'],
    refunded: ['Remboursé'],
  },
  dateOrder: 'dmy',
})
