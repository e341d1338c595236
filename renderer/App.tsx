import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { WholeCrash } from './frame/Crash';
import { Frame } from './frame/Frame';
import { cssVariables, SCHEME_KEY, theme } from './ui/theme';

const scheme = localStorageColorSchemeManager({ key: SCHEME_KEY });

/** The whole window: theme, the net under everything, the frame. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={scheme}
      defaultColorScheme="auto"
      deduplicateCssVariables
      withGlobalClasses={false}
    >
      <WholeCrash>
        <Frame />
      </WholeCrash>
    </MantineProvider>
  );
}
