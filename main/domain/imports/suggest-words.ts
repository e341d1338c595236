import type { Field } from './fields';

const words = (...parts: string[]): RegExp => new RegExp(`^(?:${parts.join('|')})$`);
const NO = '(?:no|nr|number|num|#|id|code)\\.?';

/**
 * Column names seen in exports of shops and tills, and usual in lists shops keep themselves (English, German, French, Spanish,
 * Italian), the most telling first: a column taken is not asked again. Lower case, without what stands in brackets.
 */
export const SUGGEST_WORDS: readonly (readonly [Field, RegExp])[] = [
  [
    'customerId',
    words(
      `(?:customer|client|member|membership|loyalty|guest|shopper) ?${NO}`,
      'customerid',
      'kunden?-? ?(?:nr\\.?|nummer|id)',
      'id ?(?:client|cliente|customer)',
      '(?:n[°º]|num[ée]ro|code|c[óo]digo) ?(?:de )?client[e]?',
    ),
  ],
  [
    'saleId',
    words(
      `(?:invoice|receipt|order|transaction|sale|sales|ticket|bill|check)(?: ?${NO})?`,
      '(?:bon|beleg|rechnungs?|auftrags?|bestell|quittungs?|transaktions?)-? ?(?:nr\\.?|nummer|id)',
      '(?:n[°º]|num[ée]ro|n[uú]mero)\\.? ?(?:de )?(?:ticket|facture|commande|factura|pedido|venta|recibo)',
      'facture|factura|pedido|scontrino|recibo|beleg|rechnung',
      '(?:numero|n\\.) ?(?:scontrino|ordine|fattura)',
    ),
  ],
  [
    'date',
    words(
      '(?:invoice|order|ordered|sale|sales|sold|transaction|purchase|receipt|visit) ?(?:date|at|on)(?: ?time)?',
      'date(?: ?time| of (?:sale|purchase)| created)?',
      'created ?(?:at|on|date)',
      'paid ?at|timestamp|day|datetime',
      '(?:verkaufs|kauf|rechnungs|beleg|bestell)?datum|zeitpunkt|tag',
      'fecha(?: de (?:venta|compra|factura))?',
      'date (?:de )?(?:la )?(?:vente|achat|commande|facture)',
      'data(?: (?:vendita|di vendita|acquisto))?',
    ),
  ],
  ['time', words('(?:sale )?time', 'uhrzeit|zeit|hora|heure|ora')],
  ['zone', words('time ?zone')],
  [
    'item',
    words(
      '(?:item|product|article|lineitem|menu item)(?: ?(?:name|title|description))?',
      'description|goods|what',
      '(?:artikel|produkt|waren?)(?:bezeichnung|name|text)?|bezeichnung|beschreibung|ware',
      'art[íi]culo|producto|descripci[óo]n|concepto',
      'produit|d[ée]signation|prodotto|articolo|descrizione',
    ),
  ],
  [
    'sku',
    words(
      '(?:sku|stock ?code|(?:item|product|article) ?(?:code|id|no|number|#)|barcode|ean|upc|gtin)',
      'artikel-? ?(?:nr\\.?|nummer)|art\\.?-?nr\\.?',
      'r[ée]f[ée]rence|ref\\.?|referencia|codice(?: articolo)?|c[óo]digo',
    ),
  ],
  [
    'category',
    words('(?:product |item )?(?:category|department|group|type)', 'kategorie|warengruppe|categor[íi]a|familia|cat[ée]gorie|rayon|reparto'),
  ],
  ['variant', words('(?:lineitem )?(?:variant|variation|size|colou?r)', 'gr(?:ö|oe)(?:ß|ss)e|farbe|talla|taille|taglia')],
  [
    'quantity',
    words(
      '(?:lineitem )?(?:quantity|qty|units?|pieces|pcs|count)',
      'menge|anzahl|anz\\.?|stück(?:zahl)?',
      'cantidad|cant\\.?|unidades|quantit[ée]|qt[ée]|quantit[àa]',
    ),
  ],
  [
    'unitPrice',
    words(
      '(?:unit|item|lineitem|sale|selling|retail)? ?price(?: (?:each|per (?:unit|piece|item)))?',
      'unitprice',
      '(?:einzel|stück|verkaufs|vk-?)? ?preis',
      'precio(?: (?:unitario|de venta))?|prix(?: (?:unitaire|de vente))?(?: (?:ttc|ht))?|prezzo(?: unitario)?',
    ),
  ],
  [
    'lineNet',
    words(
      'line ?(?:net|total|amount)|net(?: ?(?:sales|price|amount|total|value))?|extended price|sub ?-?total|sales|revenue',
      'netto(?:betrag|umsatz|preis)?|betrag netto|zwischensumme|umsatz',
      'neto|base(?: imponible)?|(?:montant|total|prix) ht|sous-total|imponibile|netto',
    ),
  ],
  ['discount', words('discounts?(?: ?amount)?|reduction', 'rabatt|nachlass|descuento|remise|r[ée]duction|sconto')],
  ['tax', words('(?:sales ?|total ?)?tax(?:es)?(?: ?amount)?|vat|gst', 'mwst\\.?|ust\\.?|steuer(?:betrag)?|tva|iva|imposta')],
  ['tip', words('tips?(?: amount)?|gratuity', 'trinkgeld(?:betrag)?|propina|pourboire|mancia')],
  [
    'shipping',
    words('shipping(?: ?(?:fee|cost|price))?|delivery(?: ?fee)?|postage', 'versand(?:kosten)?|env[íi]o|livraison|frais de port|spedizione'),
  ],
  [
    'total',
    words(
      '(?:grand |order |sale |receipt |invoice )?total(?: ?(?:amount|price|paid|collected|due|sale|inc(?:l\\.?)? (?:tax|vat)))?',
      'amount(?: ?(?:paid|collected|due))?|paid|sum|value|takings',
      'betrag(?: .+)?|gesamt(?:betrag|preis|summe)?|summe|endbetrag|brutto(?:betrag|umsatz)?',
      'importe(?: total)?|total factura|montant(?: (?:total|ttc))?|(?:prix|total) ttc|importo(?: totale)?|totale',
    ),
  ],
  ['gross', words('gross(?: ?(?:sales|amount|total))?')],
  ['currency', words('currency|cur\\.?', 'währung|moneda|divisa|devise|valuta')],
  [
    'paymentMethod',
    words(
      'payment(?: ?(?:method|type))?|tender(?: type)?|paid (?:by|with)',
      'zahlungsart|zahlart|zahlungsmittel|zahlungsmethode',
      '(?:forma|m[ée]todo) de pago|mode de (?:paiement|r[èe]glement)|(?:metodo|tipo) di pagamento',
    ),
  ],
  ['discountCode', words('(?:discount|coupon|promo|voucher)(?: ?code)?', 'gutschein(?:code)?|cup[óo]n|code promo')],
  ['status', words('(?:order ?|sale ?|payment ?)?status|state of order')],
  [
    'staff',
    words(
      'staff(?: name)?|employee|cashier(?: name)?|server|sold by|sales ?person|clerk',
      'verkäufer(?:in)?|mitarbeiter(?:in)?|kassierer(?:in)?|bediener|vendedora?|vendeu(?:r|se)',
    ),
  ],
  ['register', words('register|till|terminal|device(?: name)?|pos', 'kasse|caja|caisse|cassa')],
  [
    'email',
    words(
      '(?:customer |buyer |billing |from |contact )?e-?mail(?: ?1)?(?:[ -]?(?:address|adresse))?',
      'mail|courriel|adresse (?:e-?mail|mail)|correo(?: electr[óo]nico)?|indirizzo e-?mail|email address',
    ),
  ],
  [
    'phone',
    words(
      '(?:customer |buyer |billing |contact |primary )?(?:phone|mobile|cell|cellphone|telephone|tel)\\.?(?: ?(?:phone|number|no|num|#|1))?\\.?',
      '(?:sms|text|whatsapp|contact) ?(?:number|no)?\\.?',
      'telefon(?:nummer)?|handy(?:nummer)?|mobil(?:nummer|telefon)?|rufnummer',
      'tel[ée]fono|m[óo]vil|t[ée]l[ée]phone|portable|cellulare',
    ),
  ],
  ['phone2', words('(?:home|work|other|second|secondary) ?(?:phone|number)|phone ?2|landline', 'festnetz|fijo|fixe')],
  ['firstName', words('(?:billing )?first(?: ?name)?|given ?name|forename|fname|firstname', 'vorname|nombre|pr[ée]nom|nome')],
  [
    'lastName',
    words(
      '(?:billing )?last(?: ?name)?|surname|family ?name|lname|lastname',
      'nachname|familienname|apellidos?|nom(?: de famille)?|cognome',
    ),
  ],
  [
    'fullName',
    words(
      'full ?name|(?:customer|client|member|guest|buyer|billing|contact)(?: ?name)?|name',
      'kunde(?:nname)?|cliente|nombre completo|nombre y apellidos|nom complet|nominativo',
    ),
  ],
  ['company', words('company(?: ?name)?|business(?: name)?|organi[sz]ation', 'firma|empresa|soci[ée]t[ée]|azienda')],
  [
    'birthday',
    words(
      'birth ?-?(?:day|date)|date of birth|dob|bday',
      'geburts(?:tag|datum)|geboren(?: am)?|fecha de nacimiento|cumpleaños|date de naissance|anniversaire|data di nascita|compleanno',
    ),
  ],
  [
    'street',
    words(
      'street(?: ?address)?(?: 1)?|address(?: ?(?:line)? ?1)?|addr\\.?',
      'stra(?:ß|ss)e|anschrift|adresse|direcci[óo]n|calle|domicilio|rue|via|indirizzo',
    ),
  ],
  ['city', words('city|town|suburb', 'ort|stadt|wohnort|ciudad|poblaci[óo]n|localidad|ville|citt[àa]|comune')],
  ['region', words('state|region|province|county', 'bundesland|provincia|r[ée]gion|regione')],
  ['postalCode', words('postal ?code|zip ?(?:code)?|post ?code', 'plz|postleitzahl|c[óo]digo postal|code postal|c\\.?p\\.?|cap')],
  ['country', words('country(?: ?code)?', 'land|pa[íi]s|pays|paese')],
  ['note', words('notes?|memo|comments?|remarks?', 'bemerkung(?:en)?|notiz(?:en)?|notas?|observaciones|remarques?')],
  ['tags', words('tags?|labels?|groups?|segments?')],
  ['smsConsent', words('accepts sms(?: marketing)?|(?:sms|text)(?: marketing)? ?-?(?:consent|opt.?in|ok|permission|allowed)|ok to text')],
  [
    'emailConsent',
    words(
      'accepts (?:e-?mail )?marketing|e-?mail(?: marketing)? ?-?(?:consent|opt.?in|ok|permission|subscription status)|newsletter|mailing ?list|marketing(?: ?-?(?:consent|opt.?in|allowed))?',
      'werbung',
    ),
  ],
  ['emailOptOut', words('do not e-?mail|no ?e-?mail|unsubscribed|e-?mail opt.?out')],
  ['smsOptOut', words('do not (?:text|sms)|no ?(?:sms|texts?)|(?:sms|text) opt.?out')],
];
