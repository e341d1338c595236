import '../ui/mantine-eager.css';
import '../ui/mantine-rest.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { setBridge } from '@renderer/api/client';
import { createRoot } from 'react-dom/client';
import { fakeBridge } from './fake';
import { Gallery } from './Gallery';
import { sampleAnswers } from './sample';

setBridge(fakeBridge(sampleAnswers()));
const root = document.getElementById('root');
if (root) createRoot(root).render(<Gallery />);
