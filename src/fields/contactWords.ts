/** The headers of customer files, as data: which words mean which kind of column. */
import { simplifiedHeader } from './headerCharacters.ts'

export type Meaning =
  | 'email'
  | 'phone'
  | 'birth'
  | 'date'
  | 'updated'
  | 'given'
  | 'surname'
  | 'name'
  | 'company'
  | 'address'
  | 'city'
  | 'district'
  | 'region'
  | 'country'
  | 'postcode'
  | 'resident'
  | 'company number'
  | 'identity'
  | 'sex'
  | 'age'
  | 'id'
  | 'amount'
  | 'price'
  | 'quantity'
  | 'currency'
  | 'status'
  | 'source'
  | 'url'
  | 'note'

/** Whole headers, as words in lower case with commas between them. The first meaning that has the words wins. */
const words: Readonly<Record<Meaning, string>> = {
  email: `
    emailadresse, mailadresse, emailadres, adresse mail, posta elettronica,
    email, e mail, mail, email address, e mail address, mail address, email id, courriel, correo,
    correo electronico, 邮箱, 邮件, 电子邮件, 电子邮箱, 邮箱地址, 邮件地址, 电子邮件地址,
    电子信箱, 信箱, 电邮, 电邮地址`,
  phone: `
    mobil, mobiltelefon, mobilnummer, mobilfunk, festnetz, telefoon, mobiel, telefono movil, telefono fijo, telemovel, portable, numero de telephone, numero telefono, numero de telefono, nr telefonu, numer telefonu, komorka,
    phone, mobile, tel, telephone, cell, cellphone, cell phone, mobile phone, fax, phone no,
    phone number, mobile number, telephone number, contact number, contact no, handy, telefon,
    mobile no, tel no, cell number, fax number, other phone, assistant phone, telefono, telefone, telefonnummer,
    rufnummer, movil, celular, cellulare, gsm, telefoonnummer,
    whatsapp, 手机, 手机号, 手机号码, 电话, 电话号码, 联系电话, 联系方式, 移动电话, 座机, 固定电话, 固话, 传真, 办公电话, 家庭电话, 联系手机,
    行动电话, 流动电话, 手提电话, 联络电话, 连络电话, 联络方式, 联络手机, 市话, 市内电话`,
  birth: `
    geb datum, geb dat, geb, fecha nacimiento, f nacimiento, nacimiento, data nascita, data nascimento, nascimento, date naissance, nato il, nata il, data urodzenia, geboren am,
    dob, birth, birthday, birthdate, birth date, date of birth, born, birth day, d o b, geburtsdatum,
    geburtstag, date de naissance, fecha de nacimiento, data di nascita, data de nascimento, geboortedatum, 生日, 出生日期, 出生年月, 出生, 出生年月日, 生辰`,
  updated: `
    updated, updated at, updated on, last updated, update time, updated date, modified, modified at,
    last modified, last modified date, modified time, modified date, last update, last activity date,
    geandert am, aktualisiert am, modifie le,
    last activity, date updated, date modified, system modstamp, last modified time, last changed,
    更新时间, 修改时间, 最后修改时间, 最近更新时间, 最后更新时间, 更新日期, 修改日期`,
  date: `
    registrierungsdatum, anmeldedatum, eintrittsdatum, aanmelddatum, data zamowienia, fecha alta, data cadastro, date inscription,
    date, time, datetime, timestamp, created, created at, created on, created date, created time,
    create date, date created, create time, creation date, registered, registered at, signup date,
    registration date, order date, join date, joined, since, customer since, first seen, last seen,
    datum, bestelldatum, rechnungsdatum, kaufdatum, erstellt am, fecha, data, date de commande, date de creation,
    last order, last order date, first order date, sign up date, date added, member since, day, 日期, 时间,
    创建时间, 创建日期, 注册时间, 注册日期, 下单时间, 入会时间, 入会日期, 建档时间`,
  given: `
    given, given name, given names, first, first name, firstname, forename, forenames, fname, f name,
    christian name, vorname, prenom, nombre, nome, voornaam, fornavn, fornamn, imie,
    rufname, primer nombre, nombres, 名, 名字`,
  surname: `
    surname, last, last name, lastname, family name, familyname, lname, l name, second name, nachname,
    nom, nom de famille, apellido, apellidos, cognome, sobrenome, achternaam, etternavn, efternavn,
    efternamn, nazwisko, zuname, familienname, apellido paterno, primer apellido,
    apellido materno, segundo apellido, second surname, second last name, 姓, 姓氏`,
  company: `
    unternehmen, firmenname, empresa, azienda, ditta, entreprise, societe, societa, raison sociale, ragione sociale, razon social, razao social, bedrijf, bedrijfsnaam, nazwa firmy,
    company, company name, organisation, organization, organisation name, organization name, business,
    business name, account name, account, employer, firm, firma, corporation, legal name, 公司, 公司名称, 企业,
    企业名称, 单位, 单位名称, 工作单位, 机构名称, 所在公司, 所属公司`,
  name: `
    cliente, kunde, kundenname, klant, klantnaam, klient, ansprechpartner, nombre cliente, nombre del cliente, nom client, nom du client, nome cliente, nome do cliente, nome del cliente, nominativo, nombre y apellido, cognome e nome, nome e cognome, nazwa klienta, imie i nazwisko,
    name, full name, fullname, person, contact, contact name, customer name, display name, client,
    customer, recipient, recipient name, buyer name, person name, addressee, cardholder, who, author, autor, inventor, researcher, guest, passenger, applicant, nombre completo,
    nombre y apellidos, nom complet, nom et prenom, nom prenom, nome completo, vollname, naam, 姓名, 客户姓名,
    联系人, 联系人姓名, 收货人, 收货人姓名, 客户名称, 客户名, 会员名, 会员姓名, 真实姓名, 收件人, 用户名称, 顾客姓名, 名称, 客户, 会员,
    联络人, 联络人姓名, 订购人, 订购人姓名, 购买人, 购买人姓名`,
  address: `
    ulica, straat, straatnaam, morada, logradouro, via, direccion postal, adresse postale, rue et numero,
    address, street, street address, address line, addr, street name, street number, house number,
    full address, postal address, address 1, address 2, address 3, address line 1, address line 2,
    street 1, street 2, house, apartment, unit, strasse, straße, adresse, direccion, adres, calle, indirizzo, endereco,
    anschrift, rue, domicilio, 地址, 详细地址,
    收货地址, 街道, 街道地址, 联系地址, 家庭地址, 通讯地址, 住址, 收件地址, 居住地址, 户籍地址`,
  city: `
    citta, localidad, poblacion, woonplaats, gemeente, municipio, localita, miejscowosc,
    city, town, suburb, locality, place, municipality, city name, village, ort, stadt, ville, ciudad, comune, cidade, plaats, miasto, wohnort,
    城市, 市, 所在城市, 地市, 城市名称, 县市`,
  district:
    'district, county, borough, neighborhood, 区, 区县, 县, 县区, 区域, 行政区, 所在区, 乡镇市区, 乡镇区, 市区',
  region: `
    provincia, departamento, wojewodztwo, kanton, regione, provincie, comunidad autonoma, estado, uf,
    region, state, province, state province, province code, state code, territory, bundesland,
    department, prefecture, 省, 省份, 所在省份, 所在省, 地区, 省市`,
  country: `
    paese, nazione, kraj,
    country, nation, country code, country name, country region, land, pays, pais, nationality, 国家, 国籍,
    国家地区, 所在国家`,
  postcode: `
    kod pocztowy, cep, codigo postal cliente,
    postcode, post code, zip, zip code, zipcode, postal code, postalcode, plz, postleitzahl, pin,
    pincode, pin code, zip postal code, code postal, codigo postal, cp, eircode, cap, codice postale, 邮编, 邮政编码, 收货邮编,
    邮递区号`,
  resident: `
    id card, id card no, id card number, idcard, resident id, identity card, identity card number, 身份证,
    身份证号, 身份证号码, 证件号, 证件号码, 公民身份号码`,
  'company number':
    'unified social credit code, uscc, credit code, 统一社会信用代码, 社会信用代码, 信用代码, 纳税人识别号, 税号, 统一编号, 统编, 公司统编',
  identity: `
    dni, nif, cif, nie, pesel, codice fiscale, partita iva, p iva, piva, siret, siren, ust id nr, u st id nr, ust id, ustid, ust idnr, steuernummer, curp, rut, cedula, bsn,
    ssn, soc sec id, social security, social security number, soc sec, national id, passport, nino,
    passport number, passport no, tax id, tax number, vat number, vat id, vat, tin, nhs number,
    driver licence, driver license, drivers license, licence number, aadhaar, cpf, cnpj, abn, ein, 护照,
    护照号, 护照号码, 身分证, 身分证字号, 身份证字号, 身分证号, 身分证号码, 居留证号, 香港身份证号码`,
  sex: 'sex, gender, geschlecht, sexe, sexo, sesso, genero, genere, geslacht, plec, płec, 性别',
  age: 'age, alter, edad, eta, idade, leeftijd, wiek, 年龄, years old',
  id: `
    id, uuid, guid, key, no, nr, number, row, row id, row number, record, record id, index,
    kundennummer, kundennr, kunden nr, bestellnummer, bestellnr, auftragsnummer, rechnungsnummer, artikelnummer,
    external id, customer id, customer no, customer number, user id, member id, client id, rec id,
    account id, contact id, lead id, cluster, true cluster, cluster id, entity id, unique id, order id,
    order no, order number, sku, code, unnamed 0, rowid, line, username, user name, 编号, 客户编号, 客户id,
    会员号, 会员编号, 会员卡号, 序号, 卡号, 订单号, 订单编号, 用户id, 行号, 工号, 主键, 昵称, 用户名, 买家会员名, 微信, 微信号, qq, qq号, openid, unionid`,
  price: `
    preco, preco unitario, prijs, cena, cena jednostkowa,
    price, unit price, list price, unit cost, preis, einzelpreis, stuckpreis, prix, prix unitaire, precio,
    precio unitario, prezzo, prezzo unitario, 单价, 价格, 售价, 商品单价`,
  quantity: `
    aantal, ilosc, unidades, qtd,
    menge, anzahl, stuck, quantite, cantidad, quantita, quantidade,
    quantity, qty, units, orders, order count, orders count, total orders, number of orders, count, 数量,
    订单数, 购买数量, 消费次数, 购买次数, 件数, 积分`,
  currency:
    'wahrung, moneda, devise, valuta, waluta, moeda, currency, currency code, currency iso code, 币种, 货币, 币别',
  amount: `
    monto, monto total, importe total, importo totale, valor total, bedrag, totaal, totaalbedrag, kwota, wartosc, omzet, fatturato, chiffre d affaires, bestellwert, rechnungsbetrag,
    betrag, gesamtbetrag, gesamt, gesamtpreis, summe, umsatz, montant, montant total, importe, importo, totale,
    amount, total, total spent, spent, revenue, sales, order total, balance, income, salary,
    annual revenue, lifetime value, ltv, total amount, net amount, line total, subtotal, spend, 金额,
    总金额, 消费金额, 累计消费, 累计消费金额, 实付金额, 余额, 收入, 年收入, 销售额`,
  status: `
    status, stage, lifecycle stage, lead status, order status, account status, customer status, 状态,
    成交状态, 生命状态, 客户状态, 订单状态`,
  source: `
    source, lead source, channel, origin, source system, system, data source, traffic source, 来源, 渠道,
    客户来源, 线索来源, 来源渠道, 数据来源`,
  url: 'url, website, web, homepage, web site, link, 网址, 网站, 官网, 公司网址',
  note: `
    notas, observaciones, observacoes, osservazioni, bemerkung, bemerkungen, notiz, notizen, kommentar, commentaire, commentaires, remarque, remarques, opmerking, opmerkingen, uwagi,
    note, notes, comment, comments, description, remark, remarks, memo, tags, tag, message, 备注, 说明, 描述,
    标签, 留言, 客户备注`,
}

/** Words in front that say whose value it is, or which of several. */
const WHOSE =
  /^(?:customer|client|contact|account|person|user|member|buyer|recipient|lead|default|mailing|billing|shipping|delivery|other|home|work|business|primary|secondary|main|personal|private|postal|residential|permanent|current|invoice|ship to|bill to|ship|bill|shopper|patient|employee|alternate|alternative|address)\s+/
const WHOSE_CHINESE =
  /^(?:客户|会员|联系人|联络人|收货人?|收件人?|订购人|购买人|买家|用户|顾客|注册|公司|企业|常用|备用|主要|个人|家庭|办公|工作|最新|默认|所在|账单|寄送|邮寄)(?=.)/

const meanings = new Map<string, Meaning>()
for (const meaning of Object.keys(words) as Meaning[]) {
  for (const header of words[meaning].split(',')) {
    if (!meanings.has(header.trim())) meanings.set(header.trim(), meaning)
  }
}

/** Headers that name a kind within other words; the more certain first. */
const loose: readonly (readonly [RegExp, Meaning])[] = [
  [
    /^(?:is|has|accepts?|do not|allow|send|opt|number of|no of|last|email)\b.*(?:marketing|opt|subscri|deleted|verified|valid|exempt)/,
    'status',
  ],
  [/\be ?mail\b|邮箱|电子邮|电子信箱|电邮/, 'email'],
  [/\b(?:phone|mobile|tel|telephone|fax|cell)\b(?! (?:type|model|brand))|手机|电话|传真/, 'phone'],
  [/\b(?:telefono|telefone|telefon|telefonnummer|celular|movil|handy)\b/, 'phone'],
  [/身份证/, 'resident'],
  [/信用代码/, 'company number'],
  [
    /\b(?:birth|dob|birthday|birthdate|nacimiento|nascimento|nascita|naissance|urodzenia)\b|geburts|geboorte|生日|出生/,
    'birth',
  ],
  [/\b(?:updated|modified)\b|(?:更新|修改)(?:时间|日期)$/, 'updated'],
  [/\b(?:zip|zipcode|postcode|postal code)\b|邮编|邮政编码|邮递区号/, 'postcode'],
  [
    /\b(?:given|first|forename)\b.*\b(?:last|surname|family)\b|\b(?:last|surname|family)\b.*\b(?:given|first|forename)\b/,
    'name',
  ],
  [/\b(?:given|first)[ _]?names?\b|\bforename\b/, 'given'],
  [/\b(?:last|family)[ _]?name\b|\bsurname\b/, 'surname'],
  [/\b(?:ids?|uuid|guid|key|no|nr|code|number|cluster)(?: \d+)?$|编号$|号码?$|代码$|编码$/, 'id'],
  // The languages that put the word for the number first: id cliente, numero de pedido.
  [
    /^(?:id|cod|codigo|code|codice|kod|numero|num|nr|numer|ref) (?:(?:de|del|do|du|da|della|dell|d|de la|de l) )?(?!postal)\p{L}+$/u,
    'id',
  ],
  [/\w(?:nummer|nr)$/, 'id'],
  [/\b(?:street|address|addr)\b|地址$/, 'address'],
  [/\b(?:city|town|suburb)\b|城市$/, 'city'],
  [/\b(?:province|state)$|省份?$/, 'region'],
  [/\bcountry\b|国家/, 'country'],
  [/\b(?:company|organi[sz]ation)\b|公司/, 'company'],
  [/\b(?:price)\b|单价/, 'price'],
  [/\b(?:quantity|qty|count)\b|数量$|次数$/, 'quantity'],
  [/\b(?:amount|total|revenue|spend|spent|sales)\b|金额|销售额/, 'amount'],
  [
    /\b(?:date|timestamp)\b|\b(?:time|day)(?: \d+| of .*)?$|^(?:time|day) of |\b\w+ (?:at|on)$|时间$|日期$/,
    'date',
  ],
  [/^(?:fecha|data|date|datum) (?:(?:de|del|do|du|da|di|d|de la) )?\p{L}+$|\w(?:datum|zeitpunkt)$/u, 'date'],
  [/\b(?:status|stage)\b|状态$/, 'status'],
  [/\b(?:source|channel)\b|来源$|渠道$/, 'source'],
  [/\b(?:notes?|comments?|remarks?)\b|备注/, 'note'],
  [
    /(?<!\b(?:program|programme|product|item|campaign|event|file|course|plan|list|group|segment|team|project|brand|category|department|service|job|role|table|sheet|field|column|variant|collection|page|form|survey|model) )\bname$|姓名$/,
    'name',
  ],
]

/** What the header alone says. */
export function meaningOfHeader(header: string): Meaning | undefined {
  const whole = wordsOf(header)
  for (const each of [whole, whole.replace(/ ?\d+$/, ''), whole.replace(/ [a-z] \d+$/, '')]) {
    for (let rest = each; rest !== ''; ) {
      const meaning = meanings.get(rest)
      if (meaning) return meaning
      const shorter = rest.replace(WHOSE, '').replace(WHOSE_CHINESE, '')
      if (shorter === rest) break
      rest = shorter
    }
  }
  return loose.find(([pattern]) => pattern.test(whole))?.[1]
}

/**
 * `MailingPostalCode`, `mailing_postal-code (new)` as words in lower case, with one space between two,
 * and Chinese ones in simplified characters.
 */
export function wordsOf(header: string): string {
  const words = header
    .normalize('NFKC')
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return simplifiedHeader(words)
}
