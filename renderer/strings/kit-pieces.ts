import type { Catalogue } from './index';

/** What customers read on the pieces of the kit, beside the wording itself (main/domain/consent). */
const en = {
  kicker: 'Text club',
  headline: 'Offers and news, right on your phone',
  clubHeadline: (club: string) => `${club}: offers and news, right on your phone`,
  how: (word: string, number: string) => `Text ${word} to ${number}`,
  text: 'Text',
  to: 'to',
  scan: 'Scan with your camera, then press send',
  promise: (n: number) =>
    n === 1 ? 'At most 1 text a month. Leave any time with STOP.' : `Up to ${n} texts a month. Leave any time with STOP.`,
  about: 'You’ll hear from us about',
  button: (word: string, number: string) => `Text ${word} to ${number}`,
  join: 'Get our offers and news by text',
  qr: (word: string, number: string) => `QR code: opens a text with ${word} to ${number}`,
  form: {
    title: 'Join our text club',
    lead: 'Write clearly, please. Everything but the number is up to you.',
    number: 'Mobile number',
    name: 'First name (optional)',
    birthday: 'Birthday, month and day (optional)',
    topics: 'What interests you?',
    howOften: (n: number) => `No more than ____ texts a month (we send up to ${n})`,
    tick: 'Tick the box if you agree:',
    signature: 'Signature',
    date: 'Date',
    adults: 'For people of 18 and over. You are welcome here without signing.',
    foot: (version: number, hash: string) => `Words EN ${version} · ${hash}`,
  },
};

const es: typeof en = {
  kicker: 'Club de mensajes',
  headline: 'Ofertas y novedades en tu celular',
  clubHeadline: (club: string) => `${club}: ofertas y novedades en tu celular`,
  how: (word, number) => `Envía ${word} al ${number}`,
  text: 'Envía',
  to: 'al',
  scan: 'Escanea con tu cámara y pulsa enviar',
  promise: (n) =>
    n === 1 ? 'Como máximo 1 mensaje al mes. Sal cuando quieras con STOP.' : `Hasta ${n} mensajes al mes. Sal cuando quieras con STOP.`,
  about: 'Te escribimos sobre',
  button: (word, number) => `Envía ${word} al ${number}`,
  join: 'Recibe nuestras ofertas y novedades por mensaje',
  qr: (word, number) => `Código QR: abre un mensaje con ${word} al ${number}`,
  form: {
    title: 'Únete a nuestro club de mensajes',
    lead: 'Escribe claro, por favor. Todo menos el número es opcional.',
    number: 'Número de celular',
    name: 'Nombre (opcional)',
    birthday: 'Cumpleaños, mes y día (opcional)',
    topics: '¿Qué te interesa?',
    howOften: (n) => `No más de ____ mensajes al mes (enviamos hasta ${n})`,
    tick: 'Marca la casilla si estás de acuerdo:',
    signature: 'Firma',
    date: 'Fecha',
    adults: 'Para mayores de 18 años. Aquí eres bienvenido también sin firmar.',
    foot: (version, hash) => `Texto ES ${version} · ${hash}`,
  },
};

export const kitPieces: Catalogue<typeof en> = { en, es };
