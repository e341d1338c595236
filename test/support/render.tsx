import { MantineProvider } from '@mantine/core';
import { setBridge } from '@renderer/api/client';
import { type Answers, type FakeBridge, fakeBridge } from '@renderer/gallery/fake';
import { cssVariables, theme } from '@renderer/ui/theme';
import { useToasts } from '@renderer/ui/toast';
import { cleanup, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 5000 });

afterEach(() => {
  cleanup();
  setBridge(undefined);
  localStorage.clear();
  useToasts.setState({ toasts: [] });
});

/** Draws with the house's theme over a backend made of answers. */
export function draw(ui: ReactNode, answers: Answers = {}): FakeBridge {
  const bridge = fakeBridge(answers);
  setBridge(bridge);
  render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      {ui}
    </MantineProvider>,
  );
  return bridge;
}
