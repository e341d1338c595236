import './ui/tokens.css';
import './ui/base.css';
import './ui/mantine-eager.css';
import './ui/mantine-rest.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { CustomerPage } from './screens/customer-display/CustomerPage';
import { cssVariables, SCHEME_KEY, theme } from './ui/theme';

const scheme = localStorageColorSchemeManager({ key: SCHEME_KEY });

// The second window: the customer's page and nothing of the staff's app around it.
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={scheme}
      defaultColorScheme="auto"
      deduplicateCssVariables
      withGlobalClasses={false}
    >
      <CustomerPage />
    </MantineProvider>,
  );
}
