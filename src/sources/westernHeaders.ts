/**
 * Header names of order exports in Spanish, Portuguese, French, Italian, German, Dutch and Polish, as data: without
 * accents, and as they read when spaces and separators are gone. The better name first.
 */
import type { Role } from '../core/roles.ts'

/** Names with commas between them. */
export const list = (words: string): readonly string[] => words.split(',').map((word) => word.trim())

/** Ids tell customers apart better than addresses do, addresses better than names. */
export const westernCustomers = {
  ids: list(`
    id cliente, cliente id, id del cliente, id do cliente, codigo cliente, codigo del cliente, codigo do cliente, cod cliente,
    numero cliente, numero de cliente, num cliente, nro cliente, no cliente, clave cliente, n° cliente, no. de cliente,
    id client, code client, numero client, numero de client, num client, ref client, n° client, no client,
    codice cliente, cliente codice, kundennummer, kundennr, kunden id, kunde id, kdnr, kd nummer, debitor,
    debitornummer, debitorennummer, klantnummer, klantnr, klant id, debiteurnummer, id klienta, klient id,
    nr klienta, numer klienta, kod klienta, id kontrahenta, id comprador, id usuario, usuario id`),
  addresses: list(`
    correo, correo electronico, correo cliente, email cliente, courriel, email client, adresse email, adresse mail,
    emailadresse, mailadresse, kunden email, emailadres`),
  names: list(`
    cliente, nombre cliente, nombre del cliente, nombre de cliente, cliente nombre, comprador, nome cliente, nome do cliente,
    nome del cliente, nominativo, ragione sociale, razon social, razao social, nom client, nom du client, client nom,
    raison sociale, acheteur, kunde, kundenname, name des kunden, kaufer, kaeufer, klant, klantnaam, naam klant,
    klient, nazwa klienta, kontrahent, nabywca`),
} as const

export const westernHeaders: Readonly<Partial<Record<Role, readonly string[]>>> = {
  order: list(`
    id pedido, pedido id, numero pedido, numero de pedido, numero do pedido, num pedido, nro pedido, n° pedido, no pedido,
    codigo pedido, codigo do pedido, cod pedido, id orden, orden id, numero orden, numero de orden, id venta, venta id,
    id compra, id transaccion, numero factura, numero de factura, num factura, nro factura, n° factura, id venda, venda id,
    numero da venda, nota fiscal, numero nota fiscal, id commande, commande id, numero commande, numero de commande,
    num commande, n° commande, ref commande, reference commande, numero facture, numero de facture, num facture, n° facture,
    id ordine, ordine id, numero ordine, num ordine, n ordine, numero fattura, id vendita, bestellnummer, bestellnr,
    bestell id, bestellungs id, bestellung id, auftragsnummer, auftragsnr, auftrags id, rechnungsnummer, rechnungsnr,
    rechnungs nr, belegnummer, belegnr, bestelnummer, bestelnr, ordernummer, ordernr, factuurnummer, factuurnr,
    id zamowienia, zamowienie id, nr zamowienia, numer zamowienia, nr faktury, numer faktury, id transakcji,
    pedido, orden, venta, factura, commande, facture, ordine, fattura, scontrino, bestellung, auftrag, rechnung, beleg,
    bestelling, factuur, zamowienie, faktura, paragon`),
  date: list(`
    fecha pago, fecha de pago, fecha pedido, fecha de pedido, fecha del pedido, fecha orden, fecha de orden, fecha compra,
    fecha de compra, fecha venta, fecha de venta, fecha factura, fecha de factura, fecha transaccion, data pagamento,
    data do pagamento, data pedido, data do pedido, data compra, data da compra, data venda, data da venda, data ordine,
    data acquisto, data di acquisto, data vendita, data fattura, date de paiement, date commande, date de commande,
    date de la commande, date achat, date d achat, date vente, date de vente, date facture, date de facture, zahlungsdatum,
    bestelldatum, bestellzeitpunkt, auftragsdatum, rechnungsdatum, kaufdatum, verkaufsdatum, belegdatum, buchungsdatum,
    besteldatum, orderdatum, aankoopdatum, factuurdatum, verkoopdatum, data zamowienia, data zakupu, data sprzedazy,
    data faktury, data platnosci, data transakcji, fecha, datum, data, datum und uhrzeit`),
  amount: list(`
    importe total, importe pagado, importe pedido, monto total, monto pagado, monto venta, valor total, valor total venta,
    valor do pedido, valor pago, valor da venda, valor venda, valor venta, total pedido, total venta, total ventas,
    total venda, total factura, preco total, precio total, montant total, montant ttc, montant commande, montant facture,
    montant paye, montant vente, total ttc, total commande, prix total, importo totale, importo ordine, importo pagato,
    totale ordine, totale fattura, prezzo totale, gesamtbetrag, gesamtsumme, gesamtpreis, bestellwert, bestellsumme,
    auftragswert, auftragssumme, rechnungsbetrag, zahlbetrag, bruttobetrag, nettobetrag, nettoumsatz, totaalbedrag,
    orderbedrag, factuurbedrag, totaalprijs, wartosc zamowienia, kwota zamowienia, wartosc brutto, kwota brutto,
    wartosc sprzedazy, importe, monto, montant, importo, betrag, bedrag, kwota, wartosc, umsatz, omzet, faturamento,
    receita, fatturato, ricavi, chiffre d affaires, ingresos, przychod, summe, gesamt, totaal, totale, suma, ventas`),
  refund: list(`
    importe reembolsado, monto reembolsado, reembolso, valor reembolsado, montant rembourse, remboursement,
    importo rimborsato, rimborso, erstattung, erstattungsbetrag, erstatteter betrag, ruckerstattung, rueckerstattung,
    terugbetaald, terugbetaling, kwota zwrotu`),
  price: list(`
    precio unitario, precio unidad, precio por unidad, precio venta, precio de venta, preco unitario, valor unitario,
    preco de venda, prix unitaire, prix de vente, prix unitaire ttc, prezzo unitario, prezzo di vendita, einzelpreis,
    stuckpreis, stueckpreis, verkaufspreis, stuksprijs, stukprijs, eenheidsprijs, verkoopprijs, cena jednostkowa,
    cena sprzedazy, precio, preco, prix, prezzo, preis, prijs, cena`),
  quantity: list(`
    cantidad, cantidad vendida, unidades, unidades vendidas, cant, quantidade, quantidade vendida, qtd, qtde, quantite,
    quantite vendue, qte, quantita, quantita venduta, menge, anzahl, stuckzahl, stueckzahl, verkaufte menge, aantal, hoeveelheid, ilosc,
    liczba sztuk`),
  item: list(`
    id producto, producto id, codigo producto, cod producto, nombre producto, nombre del producto, id produto, produto id,
    codigo produto, cod produto, codigo do produto, nome produto, nome do produto, id produit, produit id, code produit,
    ref produit, reference produit, code article, ref article, nom produit, nom du produit, id prodotto, prodotto id,
    codice prodotto, codice articolo, nome prodotto, artikelnummer, artikelnr, artikel id, produkt id, produktnummer,
    artikelname, artikelbezeichnung, produktname, produktbezeichnung, productnaam, productnummer, id produktu,
    kod produktu, nazwa produktu, nazwa towaru, producto, articulo, produto, produit, article, prodotto, articolo,
    artikel, produkt, towar, libelle produit, designation, descripcion, descricao, descrizione`),
  status: list(`
    estado pedido, estado del pedido, estado orden, estado pago, estado de pago, estado venta, status pedido,
    status do pedido, situacao do pedido, statut commande, statut de la commande, etat commande, statut paiement,
    stato ordine, stato dell ordine, stato pagamento, bestellstatus, auftragsstatus, zahlungsstatus, bestelstatus,
    orderstatus, betaalstatus, status zamowienia, estado, estatus, statut, stato`),
  currency: list('moneda, divisa, moeda, devise, valuta, wahrung, waehrung, waluta'),
  cost: list('costo, costo total, coste, coste total, custo, custo total, cout, cout total, koszt'),
  margin: list(
    'ganancia, beneficio, lucro, utilidad, marge, benefice, margine, utile, gewinn, marza, zysk, winst',
  ),
  reduction: list(`
    importe descuento, monto descuento, valor desconto, valor do desconto, montant remise, montant de la remise,
    importo sconto, rabattbetrag, kortingsbedrag, kwota rabatu`),
}
