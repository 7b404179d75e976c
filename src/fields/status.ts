/** Cells that say what became of an order. A word that nobody knows is never sorted by guess. */
import type { OrderStatus } from '../core/roles.ts'
import { join, type Sql, sql } from '../core/sql.ts'
import { folded, foldedSql, isBlank } from './text.ts'

const list = (text: string): string[] => text.split(',').map((word) => word.trim())

/** Spanish, Portuguese, French, Italian, German, Dutch and Polish, with accents and without. */
const western: Readonly<Record<OrderStatus, readonly string[]>> = {
  paid: list(`
    pagado, pagada, completado, completada, entregado, entregada, enviado, enviada, procesado, procesando, en proceso,
    facturado, facturada, aprobado, aprobada, finalizado, finalizada, pago, paga, concluído, concluido, concluída,
    concluida, entregue, faturado, faturada, aprovado, aprovada, processando, payé, paye, payée, payee, livré, livre,
    livrée, livree, expédié, expedie, expédiée, expediee, terminé, termine, terminée, terminee, paiement accepté,
    paiement accepte, pagato, pagata, consegnato, consegnata, spedito, spedita, completato, completata, evaso, bezahlt,
    abgeschlossen, versendet, versandt, verschickt, geliefert, zugestellt, ausgeliefert, erledigt, in bearbeitung,
    teilweise erstattet, betaald, voltooid, afgerond, verzonden, geleverd, afgeleverd, opłacone, oplacone, opłacony,
    zapłacone, zaplacone, zrealizowane, zrealizowano, wysłane, wyslane, dostarczone, zakończone, zakonczone,
    w realizacji`),
  unpaid: list(`
    pendiente, pendiente de pago, pago pendiente, en espera, no pagado, sin pagar, pendente, aguardando pagamento,
    pagamento pendente, em aberto, en attente, en attente de paiement, impayé, impaye, impayée, impayee, non payé,
    non paye, in attesa, in attesa di pagamento, in sospeso, non pagato, da pagare, offen, unbezahlt, ausstehend,
    zahlung ausstehend, in wartestellung, openstaand, in afwachting, onbetaald, oczekujące, oczekujace, nieopłacone,
    nieoplacone, oczekuje na płatność, oczekuje na platnosc`),
  cancelled: list(`
    cancelado, cancelada, anulado, anulada, rechazado, rechazada, fallido, fallida, recusado, recusada, annulé, annule,
    annulée, annulee, échoué, echoue, erreur de paiement, annullato, annullata, fallito, storniert, abgebrochen,
    fehlgeschlagen, geannuleerd, mislukt, anulowane, anulowano, anulowany`),
  refunded: list(`
    reembolsado, reembolsada, devuelto, devuelta, devolución, devolucion, devolvido, devolvida, estornado, remboursé,
    rembourse, remboursée, remboursee, retourné, retourne, rimborsato, rimborsata, reso, restituito, erstattet,
    rückerstattet, rueckerstattet, zurückerstattet, zurückgesendet, retourniert, retoure, terugbetaald, geretourneerd,
    zwrócone, zwrocone, zwrot`),
}

const known: Readonly<Record<OrderStatus, readonly string[]>> = {
  paid: [
    ...['paid', 'completed', 'complete', 'shipped', 'delivered', 'fulfilled', 'processing', 'processed'],
    ...['partially refunded', 'partial refund', 'partially shipped', 'partially fulfilled', 'unshipped'],
    ...['shipped delivered to buyer', 'shipping', 'in transit', 'success', 'successful', 'succeeded'],
    ...['settled', 'captured', 'closed won', 'wc completed', 'wc processing', 'invoiced', 'approved'],
    ...['已支付', '已付款', '付款成功', '支付成功', '已完成', '完成', '已发货', '待发货', '已签收', '已收货'],
    ...['待收货', '待签收', '交易成功', '交易完成', '订单完成', '已成交', '部分退款', '部分发货', '待评价'],
    ...['已存入零钱', '已收钱', '对方已收钱', '朋友已收钱', '已转账', '充值完成', '提现已到账'],
    ...[
      '卖家已发货,等待买家确认',
      '买家已付款,等待卖家发货',
      '卖家部分发货',
      '已发货,待签收',
      '已发货,待收货',
    ],
  ],
  unpaid: [
    ...['pending', 'unpaid', 'on hold', 'awaiting payment', 'pending payment', 'payment pending', 'open'],
    ...['draft', 'checkout draft', 'created', 'authorized', 'partially paid', 'wc pending', 'wc on hold'],
    ...['待付款', '待支付', '未支付', '未付款', '等待买家付款', '等待付款'],
  ],
  cancelled: [
    ...['cancelled', 'canceled', 'voided', 'void', 'failed', 'expired', 'declined', 'closed', 'closed lost'],
    ...['unavailable', 'wc cancelled', 'wc failed'],
    ...['已取消', '已关闭', '取消', '交易关闭', '订单关闭', '订单取消', '已作废', '作废', '交易取消'],
  ],
  refunded: [
    ...['refunded', 'returned', 'refund', 'return', 'charged back', 'chargeback', 'wc refunded'],
    ...['已退款', '退款成功', '已退货', '全额退款', '退货退款成功', '未发货退款成功', '已发货退款成功'],
    ...['退款', '退货', '已退款退货', '退货退款', '退款完成', '退货完成', '已全额退款'],
  ],
}

const words: Readonly<Record<OrderStatus, readonly string[]>> = {
  paid: [...known.paid, ...western.paid],
  unpaid: [...known.unpaid, ...western.unpaid],
  cancelled: [...known.cancelled, ...western.cancelled],
  refunded: [...known.refunded, ...western.refunded],
}

const meanings = new Map<string, OrderStatus>(
  (Object.keys(words) as OrderStatus[]).flatMap((status) =>
    words[status].map((word) => [word, status] as const),
  ),
)

export interface StatusStyle {
  /** Share of the non-blank values that are known words. */
  readonly share: number
  /** Some unknown words. */
  readonly unknown: readonly string[]
}

/** Which words of a sample are known, to everyone or to the system that wrote it. */
export function recognise(samples: readonly string[], own: StatusWords['own'] = {}): StatusStyle {
  const values = samples.filter((value) => !isBlank(value))
  const owned = new Set(Object.values(own).flatMap((list) => list.map(folded)))
  const isKnown = (word: string) => owned.has(word) || meanings.has(word)
  const unknown = values.filter((value) => !isKnown(folded(value)))
  return {
    share: values.length === 0 ? 0 : (values.length - unknown.length) / values.length,
    unknown: [...new Set(unknown.map((value) => value.trim()))].slice(0, 5),
  }
}

export interface StatusWords {
  /** Only these words count as paid; every other word that is not cancelled or refunded is unpaid. */
  readonly paid?: readonly string[] | undefined
  /** Words that count as cancelled. */
  readonly excluded?: readonly string[] | undefined
  /** What words mean in the system that wrote the file, whatever they mean elsewhere. */
  readonly own?: Readonly<Partial<Record<OrderStatus, readonly string[]>>> | undefined
}

const STATUSES = Object.keys(words) as OrderStatus[]
/** What is left to be told once the user has said what counts as bought. */
const NOT_BOUGHT: readonly OrderStatus[] = ['cancelled', 'refunded']

/** Beyond so many different words a list of them is no help. */
const FEW = 40
/** Words in which `folded` and `foldedSql` cannot differ. */
const USUAL = /^[ -~\p{Script=Han}（），。]*$/u

/**
 * The status of a text column; NULL when it is blank or unknown. `seen` are all its values, where they are
 * known: then only those words need be looked for, as they are written.
 */
export function statusSql(text: Sql, given: StatusWords = {}, seen?: readonly string[]): Sql {
  const written = seen && [...new Set(seen)]
  if (written && written.length <= FEW && written.every((word) => USUAL.test(word))) {
    return writtenSql(text, given, written)
  }
  const value = foldedSql(text)
  const branches: Sql[] = []
  const say = (list: readonly string[] | undefined, status: OrderStatus) => {
    if (list?.length) branches.push(branch(value, list.map(folded), status))
  }
  say(given.excluded, 'cancelled')
  say(given.paid, 'paid')
  const telling = given.paid?.length ? NOT_BOUGHT : STATUSES
  for (const status of telling) say(given.own?.[status], status)
  for (const status of telling) say(words[status], status)
  if (given.paid?.length) branches.push(sql`when ${value} <> '' then 'unpaid'`)
  return sql`case ${join(branches, ' ')} end`
}

function writtenSql(text: Sql, given: StatusWords, written: readonly string[]): Sql {
  const meant = written.flatMap((word) => {
    const status = meaningOf(folded(word), given)
    return status ? [sql`when ${word} then ${status}`] : []
  })
  return meant.length > 0 ? sql`case ${text} ${join(meant, ' ')} end` : sql`cast(null as varchar)`
}

/** The same order of rules as in SQL above. */
function meaningOf(word: string, { paid, excluded, own }: StatusWords): OrderStatus | undefined {
  const isIn = (list: readonly string[] | undefined) => list?.some((each) => folded(each) === word) ?? false
  if (word === '') return undefined
  if (isIn(excluded)) return 'cancelled'
  if (isIn(paid)) return 'paid'
  const telling = paid?.length ? NOT_BOUGHT : STATUSES
  const meaning = telling.find((status) => isIn(own?.[status])) ?? meanings.get(word)
  if (!paid?.length) return meaning
  return meaning === 'cancelled' || meaning === 'refunded' ? meaning : 'unpaid'
}

function branch(value: Sql, list: readonly string[], status: OrderStatus): Sql {
  return sql`when ${value} in (${join(list.map((word) => sql`${word}`))}) then ${status}`
}
