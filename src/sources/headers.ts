/** The header names of order exports, as data: which name plays which role, the better name first. */
import { commonRoles, type Role } from '../core/roles.ts'
import { wordsOf } from '../fields/contactWords.ts'
import { simplifiedHeader } from '../fields/headerCharacters.ts'
import { easternCustomers, easternHeaders } from './easternHeaders.ts'
import { westernCustomers, westernHeaders } from './westernHeaders.ts'

const synonyms: Readonly<Record<Role, readonly string[]>> = {
  customer: [
    ...['customer_id', 'customer_unique_id', 'client_id', 'buyer_id', 'user_id', 'member_id', 'shopper_id'],
    ...['customer_no', 'customer_number', 'customer_key', 'cust_id', 'account_id', 'contact_id'],
    ...[
      '会员号',
      '会员编号',
      '会员ID',
      '会员卡号',
      '客户编号',
      '客户ID',
      '客户号',
      '顾客编号',
      '顾客ID',
      '用户ID',
      '用户编号',
    ],
    ...['买家会员名', '下单帐号', '下单账号', '买家ID', '买家昵称'],
    ...westernCustomers.ids,
    ...[
      'Email',
      'E-mail',
      'Customer Email',
      'billing_email',
      'buyer_email',
      'email_address',
      'From Email Address',
    ],
    ...westernCustomers.addresses,
    ...[
      'Buyer Username',
      'Buyer',
      'username',
      '买家手机号',
      '收货人手机号/提货人手机号',
      '手机号',
      '会员手机号',
    ],
    ...['客户姓名', '顾客姓名', '会员姓名'],
    ...['customer', 'client', 'customer_name', '会员', '客户', '顾客', '客户名称', '会员名', '会员名称'],
    ...easternCustomers.ids,
    ...easternCustomers.phones,
    ...easternCustomers.names,
    ...westernCustomers.names,
  ],
  order: [
    ...[
      'order_id',
      'order_no',
      'order #',
      'order_number',
      'orderno',
      'invoice_no',
      'invoice_number',
      'invoice_id',
    ],
    ...['invoice', 'amazon-order-id', 'transaction_id', 'receipt_id', 'receipt_no', 'basket_id', 'order'],
    ...[
      '订单编号',
      '订单号',
      '订单ID',
      '主订单编号',
      '销售订单编号',
      '交易号',
      '交易编号',
      '小票号',
      '单号',
      '订单',
    ],
    ...easternHeaders.order,
  ],
  date: [
    ...['Paid at', 'paid_date', 'paid_time', 'payment_date', 'payment_time', 'Date Paid', 'Paid On Date'],
    ...['订单付款时间', '付款确认时间', '买家付款时间', '付款时间', '付款日期', '支付时间', '支付日期'],
    ...['订单成交时间', '成交时间', '拼单成功时间'],
    ...['order_date', 'ordered_at', 'order_time', 'order_datetime', 'Purchase Date', 'purchased_at'],
    ...['order_purchase_timestamp', 'invoice_date', 'Sale Date', 'transaction_date', 'Date', 'order_day'],
    ...['Created at', 'Created (UTC)', 'created_date', 'Close Date', 'Closing Date', 'timestamp', 'datetime'],
    ...[
      '下单时间',
      '下单日期',
      '订单创建时间',
      '订单提交时间',
      '创建时间',
      '订单日期',
      '订单时间',
      '交易时间',
    ],
    ...['交易日期', '购买时间', '购买日期', '消费时间', '消费日期'],
    ...easternHeaders.date,
  ],
  amount: [
    ...['Total', 'order_total', 'Grand Total (Base)', 'Order Total (inc tax)', 'Total Price', 'Item Total'],
    ...[
      'item-price',
      'Net Sales',
      'net_amount',
      'paid_amount',
      'amount_paid',
      'payment_amount',
      'total_amount',
    ],
    ...[
      'line_total',
      'order_amount',
      'order_value',
      'total_paid',
      'Gross',
      'Converted Amount',
      'payment_value',
    ],
    ...['Amount', 'revenue', 'sales', 'sales_amount', 'net_revenue', 'monetary', 'spend', 'spent'],
    ...['买家实际支付金额', '订单实付金额', '实付金额', '实际支付金额', '用户实付金额', '实付款', '实付'],
    ...[
      '商家实收金额',
      '实收金额',
      '支付金额',
      '付款金额',
      '结算金额',
      '成交金额',
      '应付金额',
      '订单应付金额',
    ],
    ...['应收金额', '买家应付货款', '订单支付金额', '订单实际金额', '收款金额', '到账金额', '应付总额'],
    ...['订单金额', '销售订单金额', '销售金额', '消费金额', '交易金额', '总金额', '金额'],
    ...easternHeaders.amount,
  ],
  refund: [
    ...['Refunded Amount', 'Total Refunded', 'Converted Amount Refunded', 'Amount Refunded', 'refund_amount'],
    ...['refund_total', 'total_refunds', 'Partial Refunds', 'refund_value', 'amount_returned'],
    ...['refund', 'refunds'],
    ...['退款金额', '订单已退款金额', '已退款金额', '订单退款金额', '实际退款金额', '退款总额', '退款总金额'],
    ...['退款额', '退货金额', '已退款', '退款', '返金額', '환불금액'],
  ],
  price: [
    ...['unit_price', 'Lineitem price', 'price', 'item_unit_price', 'selling_price'],
    ...['单价', '商品单价', '价格', '京东价', '销售单价', '售价', '零售价', '商品价格', '単価', '販売単価'],
    ...['販売価格', '価格', '단가', '판매가', '가격'],
  ],
  quantity: [
    ...['quantity', 'qty', 'Lineitem quantity', 'quantity_purchased', 'Items sold', 'units', 'item_quantity'],
    ...['数量', '宝贝总数量', '购买数量', '订购数量', '商品数量', '件数', '销售数量'],
    ...['购买件数', '销售件数', '销量', '个数', '份数', '個数', '수량', '구매수량', '판매수량'],
  ],
  item: [
    ...[
      'Lineitem sku',
      'Lineitem name',
      'sku',
      'stock_code',
      'product_id',
      'item_id',
      'asin',
      'product_code',
    ],
    ...['product', 'product_name', 'item', 'item_name', 'Item Title', 'Description'],
    ...[
      '商家编码',
      '商品编码',
      '商品编号',
      '商品ID',
      '货号',
      '商品名称',
      '商品名',
      '商品',
      '宝贝标题',
      '标题',
    ],
    ...['选购商品', '全部商品名称', '产品名称', '产品'],
    ...['商品条码', '条码', '条形码', '货品编号', '货品名称', '货品', '物料编码', '物料名称', '品名', '品项'],
    ...['宝贝名称', '药品名称', '菜品名称', '菜品', '菜名', '套餐名称', '课程名称', '书名', '服务项目'],
    ...['商品番号', '商品コード', '品番', '상품코드', '상품명', '제품명', '품목', '메뉴'],
    ...['items', 'products', 'product_list', 'item_list', 'basket', '商品列表', '商品清单', '购物篮'],
  ],
  status: [
    ...['Financial Status', 'order_status', 'Status', 'payment_status', 'Deal Stage', 'Stage', 'state'],
    ...['订单状态', '交易状态', '付款状态', '支付状态', '当前状态', '状态', '生命状态'],
    ...['单据状态', 'ステータス', '注文状況', '注文状態', '주문상태', '결제상태'],
  ],
  currency: ['currency', 'currency_code', 'Order Currency Code', '币种', '币别', '货币', '通貨', '통화'],
  cost: ['cost', 'total_cost', 'line_cost', 'cost_amount', 'cogs', '成本', '成本金额', '总成本'],
  margin: ['margin', 'gross_margin', 'profit', 'gross_profit', '毛利', '毛利额', '利润', '毛利润'],
  // A bare "discount" is a rate as often as money.
  reduction: [
    ...[
      'Discount Amount',
      'discount_total',
      'total_discount',
      'total_discounts',
      'order_discount',
      'Discounts',
    ],
    ...['cart_discount', 'coupon_amount', 'coupon_discount', 'discount_value', 'promotion_discount'],
    ...[
      '优惠金额',
      '折扣金额',
      '总优惠金额',
      '优惠总额',
      '优惠合计',
      '店铺优惠合计',
      '店铺优惠折扣',
      '优惠券金额',
    ],
  ],
}

/** Names that only a role's own words are part of: less certain than a synonym. */
const loose: Readonly<Partial<Record<Role, RegExp>>> = {
  customer:
    /^(?=.*(customer|client|buyer|member|shopper))(?=.*(id|no|number|code|key|email)$)|(客户|会员|顾客|用户|买家)(编号|号|id|编码|代码)/,
  order: /^(order|invoice|transaction)(id|no|number|code)$|订单(编号|号|id)/,
  date: /(order|purchase|invoice|transaction|sale|payment|paid)(date|time|day|at|on)|(下单|付款|支付|成交|交易|购买|消费|订单创建)(时间|日期)/,
  amount:
    /^(total|net|paid|order|sales|payment|line)(amount|total|sales|revenue|value|paid)|(实付|实收|支付|付款|成交|消费|销售)(总)?(金?额|款)/,
  price: /unitprice|单价/,
  quantity: /^(quantity|qty)|数量$/,
  item: /^(product|item)(id|name|code|sku)|(商品|产品)(名称|编码|编号|id)/,
  status: /^(order|payment|financial)status|(订单|交易|支付)状态/,
}

/** What the words sku, name and category mean as columns of items. */
const itemKinds: Readonly<Record<string, readonly string[]>> = {
  sku: [
    ...['Lineitem sku', 'sku', 'stock_code', 'product_id', 'item_id', 'asin', 'product_code', 'item_code'],
    ...['商家编码', '商品编码', '商品编号', '商品ID', '货号'],
  ],
  name: [
    ...['Lineitem name', 'product_name', 'item_name', 'Item Title', 'product', 'item', 'Description', 'name'],
    ...['商品名称', '商品名', '宝贝标题', '标题', '产品名称', '商品', '产品'],
  ],
  category: [
    ...[
      'category',
      'product_category',
      'product_category_name',
      'item_category',
      'product_type',
      'department',
    ],
    ...['类目', '品类', '商品类目', '商品分类', '分类', '商品类别', '类别'],
  ],
}

/** Is this header of the kind of item that a word of the command line means: sku, name or category? */
export function isItemKind(word: string, header: string): boolean {
  const keys = itemKinds[word.toLowerCase()]?.map(headerKey) ?? []
  return keys.includes(headerKey(header))
}

/** A header as it is compared: case, width, accents, spaces, separators and traditional characters do not count. */
export function headerKey(header: string): string {
  const plain = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-./'"\ufeff]+/g, '')
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{Mn}+/gu, '')
    .normalize('NFC')
    .replaceAll('ł', 'l')
  return simplifiedHeader(plain)
}

const ranks = new Map<Role, ReadonlyMap<string, number>>(
  (Object.keys(synonyms) as Role[]).map((role) => [
    role,
    new Map(
      [...synonyms[role], ...(westernHeaders[role] ?? [])]
        .map((name, rank) => [headerKey(name), rank] as const)
        .reverse(),
    ),
  ]),
)

/** What a form says of a field is no part of its name: `*手机号`, `客户名称(必填)`. */
const MARKER = /^\*|\*$|[([【](?:必[填须須选選]项?|必需|选填|required|optional)[)\]】]/g

const BRACKETED = 1000
const LOOSE = 2000

/** How well a header names a role, 0 best; undefined: not at all. */
export function rankOf(header: string, role: Role): number | undefined {
  const key = headerKey(header).replace(MARKER, '')
  const exact = ranks.get(role)?.get(key)
  if (exact !== undefined) return exact
  const bare = key.replace(/[([【][^)\]】]*[)\]】]/g, '')
  const bracketed = bare === key ? undefined : ranks.get(role)?.get(bare)
  if (bracketed !== undefined) return BRACKETED + bracketed
  return loose[role]?.test(bare) ? LOOSE : undefined
}

/** Money beside the goods: postage, taxes, fees, limits, incomes; and measures that look like money. */
const SIDE_WORDS =
  /^(?:shipping|freight|postage|delivery|handling|tax|taxes|vat|fee|fees|tip|tips|discount|lat|latitude|lon|lng|longitude|distance|km|kg|weight|limit|balance|saldo|income|salary|salario|budget|age|edad|score|rating|porto|mwst|trinkgeld|frete|flete|iva|propina|frais|taxe|taxes|tva|remise|pourboire|poids|sconto|mancia|peso|btw|korting|podatek|rabat)$/
/** Stems that stand within longer words, too. */
const SIDE_STEMS =
  /versand|fracht|steuer|rabatt|gewicht|envio|einkommen|gehalt|impuest|impost|descuent|descont|livraison|spedizion|verzend|wysylk|dostaw|运费|税|手续费|佣金|小费|折扣|优惠|经度|纬度|距离|重量/

/** A column of this name is never taken for the amount only because no other holds such numbers. */
export function isSideMoney(header: string): boolean {
  const words = wordsOf(header)
  return SIDE_STEMS.test(words) || words.split(' ').some((word) => SIDE_WORDS.test(word))
}

/** Is this a header of order exports? */
export function isKnownHeader(header: string): boolean {
  return commonRoles.some((role) => rankOf(header, role) !== undefined)
}

/** Names as columns get them: none is empty, none is there twice, whatever its case. */
export function distinctHeaders(written: readonly string[]): { headers: string[]; renamed: string[] } {
  const seen = new Set<string>()
  const renamed: string[] = []
  const headers = written.map((given, i) => {
    // No engine knows a name with a NUL in it.
    const named = given.replaceAll('\u0000', '\ufffd').trim()
    const base = named === '' ? `column_${i + 1}` : named
    let header = base
    for (let n = 2; seen.has(header.toLowerCase()); n++) header = `${base}_${n}`
    if (header !== base) renamed.push(header)
    seen.add(header.toLowerCase())
    return header
  })
  return { headers, renamed }
}
