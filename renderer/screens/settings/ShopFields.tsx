import type { Zone } from '@domain/kernel';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { FieldRow, SelectField, TextField } from '@renderer/ui/Fields';
import { phone as phoneText } from '@renderer/ui/format';
import { useMemo } from 'react';
import { countryOptions, currencyOf, currencyOptions, zoneOptions } from './places';
import css from './settings.module.css';
import type { ShopData } from './useSettings';

interface Props {
  shop: ShopData;
  change: (part: Partial<ShopData>) => void;
  /** Show what is missing. */
  tried: boolean;
  /** Onboarding asks for less at first. */
  contact?: boolean;
}

/** A whole US number as people write it; while it is being typed it stays as typed. */
const shownPhone = (phone: string): string => (/^\+1\d{10}$/.test(phone) ? phoneText(phone) : phone);

/** Name, address, zone and money of the shop. */
export function ShopFields({ shop, change, tried, contact = true }: Props) {
  const w = useWords(words).shop;
  const { locale } = useShell();
  const countries = useMemo(() => countryOptions(locale), [locale]);
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  const zones = useMemo(() => zoneOptions(shop.country), [shop.country]);
  return (
    <div className={css.fields}>
      <TextField
        label={w.name}
        hint={w.nameHint}
        value={shop.name}
        onChange={(name) => change({ name })}
        maxLength={60}
        required
        error={tried && !shop.name.trim() ? w.nameMissing : undefined}
      />
      <TextField
        label={w.street}
        value={shop.street}
        onChange={(street) => change({ street })}
        maxLength={120}
        autoComplete="street-address"
      />
      <FieldRow widths="2fr 1fr 1fr">
        <TextField label={w.city} value={shop.city} onChange={(city) => change({ city })} maxLength={80} />
        <TextField label={w.region} value={shop.region} onChange={(region) => change({ region })} maxLength={40} />
        <TextField label={w.postalCode} value={shop.postalCode} onChange={(postalCode) => change({ postalCode })} maxLength={20} />
      </FieldRow>
      <FieldRow>
        <SelectField
          label={w.country}
          value={shop.country}
          onChange={(country) => change({ country, currency: currencyOf(country) })}
          options={countries}
        />
        <SelectField label={w.currency} value={shop.currency} onChange={(currency) => change({ currency })} options={currencies} />
      </FieldRow>
      <SelectField label={w.zone} value={shop.zone as string} onChange={(zone) => change({ zone: zone as Zone })} options={zones} />
      {contact && (
        <>
          <FieldRow>
            <TextField
              label={w.phone}
              value={shownPhone(shop.phone)}
              onChange={(phone) => change({ phone })}
              inputMode="tel"
              maxLength={40}
            />
            <TextField label={w.email} value={shop.email} onChange={(email) => change({ email })} inputMode="email" maxLength={120} />
          </FieldRow>
          <TextField label={w.website} value={shop.website} onChange={(website) => change({ website })} maxLength={200} />
        </>
      )}
    </div>
  );
}
