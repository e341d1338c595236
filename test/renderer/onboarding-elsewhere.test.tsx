import { TextingStep } from '@renderer/screens/onboarding/LaterSteps';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { draw } from '../support/render';

const settings = (country: string) => ({ shop: { country }, texting: { mode: 'none' } });

it('a shop outside the US is told before it connects anything, and can practise', () => {
  draw(<TextingStep settings={settings('CA') as never} next={() => undefined} />);
  expect(screen.getByText('Real texts leave from US shops only so far')).toBeTruthy();
  expect(screen.queryByText('Connect my Twilio account')).toBeNull();
  expect(screen.getByText('Practice first')).toBeTruthy();
});

it.each(['US', 'PR'])('a shop in %s connects its account', (country) => {
  draw(<TextingStep settings={settings(country) as never} next={() => undefined} />);
  expect(screen.getByText('Connect my Twilio account')).toBeTruthy();
  expect(screen.queryByText('Real texts leave from US shops only so far')).toBeNull();
});
