import type { Zone } from '../kernel';

/** Rails' names of time zones (as Square writes them) → IANA. Source: ActiveSupport::TimeZone::MAPPING, names are facts. */
const RAILS = `International Date Line West=Etc/GMT+12|Midway Island=Pacific/Midway|American Samoa=Pacific/Pago_Pago|Hawaii=Pacific/Honolulu|Alaska=America/Juneau
Pacific Time (US & Canada)=America/Los_Angeles|Tijuana=America/Tijuana|Mountain Time (US & Canada)=America/Denver|Arizona=America/Phoenix|Chihuahua=America/Chihuahua
Mazatlan=America/Mazatlan|Central Time (US & Canada)=America/Chicago|Saskatchewan=America/Regina|Guadalajara=America/Mexico_City|Mexico City=America/Mexico_City
Monterrey=America/Monterrey|Central America=America/Guatemala|Eastern Time (US & Canada)=America/New_York|Indiana (East)=America/Indiana/Indianapolis|Bogota=America/Bogota
Lima=America/Lima|Quito=America/Lima|Atlantic Time (Canada)=America/Halifax|Caracas=America/Caracas|La Paz=America/La_Paz|Santiago=America/Santiago|Asuncion=America/Asuncion
Newfoundland=America/St_Johns|Brasilia=America/Sao_Paulo|Buenos Aires=America/Argentina/Buenos_Aires|Montevideo=America/Montevideo|Georgetown=America/Guyana
Puerto Rico=America/Puerto_Rico|Greenland=America/Godthab|Mid-Atlantic=Atlantic/South_Georgia|Azores=Atlantic/Azores|Cape Verde Is.=Atlantic/Cape_Verde|Dublin=Europe/Dublin
Edinburgh=Europe/London|Lisbon=Europe/Lisbon|London=Europe/London|Casablanca=Africa/Casablanca|Monrovia=Africa/Monrovia|UTC=Etc/UTC|Belgrade=Europe/Belgrade
Bratislava=Europe/Bratislava|Budapest=Europe/Budapest|Ljubljana=Europe/Ljubljana|Prague=Europe/Prague|Sarajevo=Europe/Sarajevo|Skopje=Europe/Skopje|Warsaw=Europe/Warsaw
Zagreb=Europe/Zagreb|Brussels=Europe/Brussels|Copenhagen=Europe/Copenhagen|Madrid=Europe/Madrid|Paris=Europe/Paris|Amsterdam=Europe/Amsterdam|Berlin=Europe/Berlin
Bern=Europe/Zurich|Zurich=Europe/Zurich|Rome=Europe/Rome|Stockholm=Europe/Stockholm|Vienna=Europe/Vienna|West Central Africa=Africa/Algiers|Bucharest=Europe/Bucharest
Cairo=Africa/Cairo|Helsinki=Europe/Helsinki|Kyiv=Europe/Kiev|Riga=Europe/Riga|Sofia=Europe/Sofia|Tallinn=Europe/Tallinn|Vilnius=Europe/Vilnius|Athens=Europe/Athens
Istanbul=Europe/Istanbul|Minsk=Europe/Minsk|Jerusalem=Asia/Jerusalem|Harare=Africa/Harare|Pretoria=Africa/Johannesburg|Kaliningrad=Europe/Kaliningrad|Moscow=Europe/Moscow
St. Petersburg=Europe/Moscow|Volgograd=Europe/Volgograd|Samara=Europe/Samara|Kuwait=Asia/Kuwait|Riyadh=Asia/Riyadh|Nairobi=Africa/Nairobi|Baghdad=Asia/Baghdad
Tehran=Asia/Tehran|Abu Dhabi=Asia/Muscat|Muscat=Asia/Muscat|Baku=Asia/Baku|Tbilisi=Asia/Tbilisi|Yerevan=Asia/Yerevan|Kabul=Asia/Kabul|Ekaterinburg=Asia/Yekaterinburg
Islamabad=Asia/Karachi|Karachi=Asia/Karachi|Tashkent=Asia/Tashkent|Chennai=Asia/Kolkata|Kolkata=Asia/Kolkata|Mumbai=Asia/Kolkata|New Delhi=Asia/Kolkata
Kathmandu=Asia/Kathmandu|Dhaka=Asia/Dhaka|Sri Jayawardenepura=Asia/Colombo|Almaty=Asia/Almaty|Astana=Asia/Almaty|Novosibirsk=Asia/Novosibirsk|Rangoon=Asia/Rangoon
Bangkok=Asia/Bangkok|Hanoi=Asia/Bangkok|Jakarta=Asia/Jakarta|Krasnoyarsk=Asia/Krasnoyarsk|Beijing=Asia/Shanghai|Chongqing=Asia/Chongqing|Hong Kong=Asia/Hong_Kong
Urumqi=Asia/Urumqi|Kuala Lumpur=Asia/Kuala_Lumpur|Singapore=Asia/Singapore|Taipei=Asia/Taipei|Perth=Australia/Perth|Irkutsk=Asia/Irkutsk|Ulaanbaatar=Asia/Ulaanbaatar
Seoul=Asia/Seoul|Osaka=Asia/Tokyo|Sapporo=Asia/Tokyo|Tokyo=Asia/Tokyo|Yakutsk=Asia/Yakutsk|Darwin=Australia/Darwin|Adelaide=Australia/Adelaide|Canberra=Australia/Melbourne
Melbourne=Australia/Melbourne|Sydney=Australia/Sydney|Brisbane=Australia/Brisbane|Hobart=Australia/Hobart|Vladivostok=Asia/Vladivostok|Guam=Pacific/Guam
Port Moresby=Pacific/Port_Moresby|Magadan=Asia/Magadan|Srednekolymsk=Asia/Srednekolymsk|Solomon Is.=Pacific/Guadalcanal|New Caledonia=Pacific/Noumea|Fiji=Pacific/Fiji
Kamchatka=Asia/Kamchatka|Marshall Is.=Pacific/Majuro|Auckland=Pacific/Auckland|Wellington=Pacific/Auckland|Nuku'alofa=Pacific/Tongatapu|Tokelau Is.=Pacific/Fakaofo
Chatham Is.=Pacific/Chatham|Samoa=Pacific/Apia`;

const byName = new Map<string, Zone>(
  RAILS.split(/[|\n]/).map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).toLowerCase(), pair.slice(at + 1) as Zone];
  }),
);

const known = new Map<string, Zone | null>();

/**
 * Abbreviations that mean one zone to the shops of the countries they come from. What names several (IST, CST of China, BST of
 * Bangladesh) is settled by the shop's own zone first, see abbreviated().
 */
const SHORT: Readonly<Record<string, string>> = {
  EST: 'America/New_York',
  EDT: 'America/New_York',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  MST: 'America/Denver',
  MDT: 'America/Denver',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  AKST: 'America/Anchorage',
  AKDT: 'America/Anchorage',
  HST: 'Pacific/Honolulu',
  NST: 'America/St_Johns',
  NDT: 'America/St_Johns',
  WET: 'Europe/Lisbon',
  WEST: 'Europe/Lisbon',
  BST: 'Europe/London',
  CET: 'Europe/Paris',
  CEST: 'Europe/Paris',
  MEZ: 'Europe/Berlin',
  MESZ: 'Europe/Berlin',
  EET: 'Europe/Athens',
  EEST: 'Europe/Athens',
  AWST: 'Australia/Perth',
  ACST: 'Australia/Adelaide',
  ACDT: 'Australia/Adelaide',
  AEST: 'Australia/Sydney',
  AEDT: 'Australia/Sydney',
  NZST: 'Pacific/Auckland',
  NZDT: 'Pacific/Auckland',
  JST: 'Asia/Tokyo',
  SGT: 'Asia/Singapore',
  PHT: 'Asia/Manila',
  HKT: 'Asia/Hong_Kong',
};

const SPEAKERS = ['en-US', 'en-CA', 'en-GB', 'en-AU', 'en-NZ', 'en-ZA', 'en-IN', 'de'];
const shortNames = new Map<Zone, Set<string>>();

/** What a zone's own people call its time, in winter and in summer. */
function ownNames(zone: Zone): Set<string> {
  let names = shortNames.get(zone);
  if (!names) {
    names = new Set();
    for (const locale of SPEAKERS) {
      const f = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' });
      for (const month of [0, 6]) {
        const name = f.formatToParts(Date.UTC(2025, month, 15)).find((p) => p.type === 'timeZoneName')?.value;
        if (name && /^[A-Z]{2,5}$/.test(name)) names.add(name);
      }
    }
    shortNames.set(zone, names);
  }
  return names;
}

/**
 * The zone behind an abbreviation or name written with a time (`16-Dec-2023 02:44 AM EST`). Names the shop's own zone uses at any time
 * of the year are the shop's time: tills write `EST` in July. Another zone's abbreviation is that zone. Null = unknown.
 */
export function zoneBehind(name: string, shopZone: Zone): Zone | null {
  if (ownNames(shopZone).has(name)) return shopZone;
  return (Object.hasOwn(SHORT, name) ? (SHORT[name] as Zone) : null) ?? zoneNamed(name);
}

/** Header of a date column that says its times are UTC: `Created (UTC)`, `created_utc`. */
export const saysUtc = (column: string): boolean => /(?:\(|\b|_)utc\)?$/i.test(column.trim());

/** The zone of a full name: a Rails name, else an IANA name, else null. Abbreviations are zoneBehind's business. */
export function zoneNamed(text: string): Zone | null {
  const hit = known.get(text);
  if (hit !== undefined) return hit;
  let zone: Zone | null = byName.get(text.toLowerCase()) ?? null;
  if (!zone && (text.includes('/') || text === 'UTC')) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: text });
      zone = text as Zone;
    } catch {
      zone = null;
    }
  }
  if (known.size > 1000) known.clear();
  known.set(text, zone);
  return zone;
}
