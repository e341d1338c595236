import './ui/mantine-eager.css';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';

/** Puts React in the place of the static frame. */
export function mount(): void {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App />);
}
